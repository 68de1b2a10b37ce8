"""A lookup that takes longer than a turn may wait: the caller hears a filler, and we look again."""

from __future__ import annotations

from typing import Any

import msgspec

from ivr.call.tasks import Lookup
from ivr.call.verbs import Wait
from ivr.engine.draft import Draft
from ivr.engine.moves import Ask, Move, Stay

GIVE_UP_S = 20.0
"""A lookup with no answer by then is taken for failed: its worker may have died. Connectors give up earlier."""


def say_filler(draft: Draft) -> Move:
    """Words the first time, then a quiet pause between two looks."""
    if not draft.state.scratch.get("filler"):
        draft.state.scratch["filler"] = True
        draft.say("one_moment")
    draft.verbs.append(Wait(seconds=draft.hotline.file.filler_s))
    return Stay()


def is_lost(draft: Draft) -> bool:
    """Whether the lookup under way has had all the time there is."""
    return draft.state.pending is not None and draft.now - draft.state.pending_since > GIVE_UP_S


def look_again(pending: Lookup) -> Ask:
    """Ask for the answer once more."""
    return Ask(msgspec.structs.replace(pending, again=True))


def look_up(draft: Draft, name: str, arguments: dict[str, Any]) -> Ask:
    """Begin a lookup; its answer comes to this step as LookupDone, LookupEmpty or LookupFailed."""
    lookup = Lookup(name=name, arguments=arguments, once=draft.once())
    draft.state.pending, draft.state.pending_since = lookup, draft.now
    return Ask(lookup)
