"""Why this caller and this agent: the score breakdown that is kept with every offer, and told in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Score:
    """A caller's place as a sum. All in seconds."""

    waited_s: float
    rate: float = 1.0
    head_start_s: float = 0.0
    """What counted; less than the terms together where the queue sets an end to them."""
    terms: Mapping[str, float] = field(default_factory=dict)
    urgent: bool = False

    @property
    def total_s(self) -> float:
        return self.waited_s * self.rate + self.head_start_s

    def in_words(self) -> str:
        """`95 s waited x 2 + 300 s gold = 490 s`; an urgent class is told first."""
        rate = f" x {self.rate:g}" if self.rate != 1 else ""
        terms = [
            f"{self.waited_s:.0f} s waited{rate}",
            *(f"{seconds:.0f} s {name}" for name, seconds in self.terms.items()),
        ]
        capped = ""
        if sum(self.terms.values()) > self.head_start_s + 0.5:
            capped = f", head starts end at {self.head_start_s:.0f} s"
        before = "urgent, before all others; " if self.urgent else ""
        return f"{before}{' + '.join(terms)} = {self.total_s:.0f} s{capped}"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why an offer was made, and who came second; written by `reserve_common.lua`."""

    score: Score
    group: str
    """Whose turn it was: familiar, queue, overflow, or the id of a rule of `preferred:`."""
    assign: str
    """longest_idle, even_load or ability."""
    idle_s: float
    """How long the agent had been free."""
    load: int
    """Calls the agent has had."""
    fit: int
    """How able the agent is for this caller, as `Ability.fit` has it."""
    caller_class: str = ""
    next_call: str = ""
    """Whom the agent would have had else; empty: nobody."""
    next_score_s: float = 0.0
    next_agent: str = ""
    """Who would have had the caller else; empty: nobody."""

    def in_words(self, agent: str) -> str:
        """Two sentences: why the caller, why the agent."""
        second = f"; next came {self.next_call} with {self.next_score_s:.0f} s" if self.next_call else ""
        by = {
            "longest_idle": f"free for {self.idle_s:.0f} s",
            "even_load": f"{self.load} calls so far",
            "ability": f"ability {self.fit}",
        }[self.assign]
        other = f"; next came {self.next_agent}" if self.next_agent else ""
        return f"Caller: {self.score.in_words()}{second}. Agent: {agent} by {self.group}, {by}{other}."


def read_reasons(data: Mapping[str, object]) -> Reasons:
    """From what the store wrote down; what it left out has its default. Raises KeyError for what must be there."""
    said = dict(data)
    terms = said.get("terms")
    named = {str(name): float(str(seconds)) for name, seconds in terms.items()} if isinstance(terms, Mapping) else {}
    return Reasons(
        score=Score(
            waited_s=float(str(said["waited_s"])),
            rate=float(str(said.get("rate", 1))),
            head_start_s=float(str(said.get("head_start_s", 0))),
            terms=named,
            urgent=bool(said.get("urgent", False)),
        ),
        group=str(said["group"]),
        assign=str(said["assign"]),
        idle_s=float(str(said["idle_s"])),
        load=int(str(said["load"])),
        fit=int(str(said["fit"])),
        caller_class=str(said.get("class", "")),
        next_call=str(said.get("next_call", "")),
        next_score_s=float(str(said.get("next_score_s", 0))),
        next_agent=str(said.get("next_agent", "")),
    )
