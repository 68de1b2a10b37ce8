"""Service boundaries: why the way that a caller has chosen cannot serve the wish, so that another may be offered (R29).

A boundary comes from data: from what the intent is, from how the caller sounds, or from what a rule says and tests.
"""

from __future__ import annotations

from typing import Literal

from ivr.flow.intents import Intent, ServiceWay

Boundary = Literal["complaint", "best_way", "opportunity", "mood", "abnormal", "unsolved"]
"""complaint: the wish is one. best_way: people, or something seen, serve it best. opportunity: a chance to sell or to
keep somebody. mood: how the caller sounds. abnormal: business data show that something is wrong. unsolved: it was tried
here, in vain."""
STATED: frozenset[Boundary] = frozenset({"abnormal", "unsolved"})
"""What no intent tells: a rule says it, and tests it by `when:`."""
OF_THIS_LINE: frozenset[ServiceWay] = frozenset({"smart_voice"})
"""What a caller has chosen who talks with the machine."""


def of_intent(intent: Intent, best: ServiceWay | None) -> tuple[Boundary, ...]:
    """The boundaries that a wish has by itself, the first one first told; `best` is what serves it best."""
    found: list[Boundary] = []
    if intent.type == "complaint":
        found.append("complaint")
    if best is not None and best not in OF_THIS_LINE:
        found.append("best_way")
    if intent.opportunity:
        found.append("opportunity")
    return tuple(found)
