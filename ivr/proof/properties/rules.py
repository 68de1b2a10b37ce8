"""A rule that moves callers unasked stands only under `entry` and tests a tag or the age (R14, R31)."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.proof.graph import Graph
from ivr.proof.suspect import Suspect


class Rules:
    """Seen in the files already: a hotline with another such rule does not check (`flow/check/rules.py`)."""

    name = "rules"
    says = (
        "a rule with `move: direct` stands only under `entry` and tests a tag or the age, as the check of the rules saw"
    )

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        return iter(())
