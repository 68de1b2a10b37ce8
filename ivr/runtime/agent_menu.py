"""What an agent on a telephone can choose in a talk: to whom a caller is sent on, and who is brought in, by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ivr.call.verbs import Say
from ivr.flow.hotline import Hotline
from ivr.flow.queues import spoken
from ivr.runtime.behind import Person
from ivr.runtime.handing_on import is_open
from ivr.runtime.offering import Offer
from ivr.runtime.talks import Talks
from ivr.runtime.whisper import language_of, told

What = Literal["queue", "agent", "expert"]
"""Sent on to a queue or an agent; or brought in, from either."""
KEYS = "12345678"
"""9 leads to those for whom there was no key."""
AT_WORK = ("ready", "wrap_up", "reserved", "on_call")
"""Agents who can be named; who may be rung first, first."""


@dataclass(frozen=True, slots=True)
class Page:
    """Targets, eight at most, by key. Agents come and go: what a key leads to is what was spoken, so keep it."""

    words: tuple[Say, ...]
    targets: tuple[str, ...]
    """`queue:NAME` or `agent:NAME`, in the order of KEYS."""
    more: bool
    """There is another page."""


class AgentMenu:
    """Words in the agent's language; targets by the names that queues.yaml has for them."""

    def __init__(self, talks: Talks) -> None:
        self.talks = talks

    def page(self, hotline: str, token: str, what: What, number: int) -> Page | None:
        """The targets there are now, page by page from 0. None: the talk is over."""
        known, offer = self._talk(hotline, token)
        if known is None or offer is None:
            return None
        found = self._targets(known, offer, what)
        start = number * len(KEYS)
        shown, more = found[start : start + len(KEYS)], len(found) > start + len(KEYS)
        names = [f"{key}: {name}" for key, (_, name) in zip(KEYS, shown, strict=False)]
        words = told(known, offer, "agent_menu_targets", targets=names, more=more)
        return Page(words, tuple(to for to, _ in shown), more)

    def _talk(self, hotline: str, token: str) -> tuple[Hotline | None, Offer | None]:
        return self.talks.conductor.shelf.current(hotline), self.talks.find(token)

    def _targets(self, known: Hotline, offer: Offer, what: What) -> list[tuple[str, str]]:
        """(`queue:…` or `agent:…`, what it is called)."""
        rules, now = known.queues, self.talks.clock()
        queues, agents = [], []
        if what != "agent":
            own = offer.queue if what == "queue" else None
            there_are = (one for one in rules.queues if one != own and is_open(known, one, now))
            language = language_of(known, offer.agent)
            queues = [(f"queue:{one}", spoken(rules.queues, one, language)) for one in there_are]
        if what != "queue":
            people, promised = self.talks.behind.people.all(known.name, now=now), self.talks.promised
            call = promised.call(known.name, offer.call)
            there = {one.name for one in people if one.call and promised.is_of(known.name, one.call, call)}
            for one in _by_state(people):
                if one.name in rules.agents and one.name not in there:
                    agents.append((f"agent:{one.name}", one.name))
        return queues + agents


def _by_state(people: Sequence[Person]) -> list[Person]:
    return [one for state in AT_WORK for one in people if one.state == state]
