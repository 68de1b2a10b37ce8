"""Who is in a talk: by the agents' states, as the store has them."""

from __future__ import annotations

from ivr.call.tasks import call_of
from ivr.runtime.behind import People
from ivr.runtime.handing_on import NotHandedOn
from ivr.runtime.offering import Offers
from ivr.runtime.ports import Clock
from ivr.runtime.promised_talks import PromisedTalks


class Talkers:
    """Of all talks. All raise StoreDown."""

    def __init__(self, people: People, offers: Offers, promised: PromisedTalks, clock: Clock) -> None:
        self.people = people
        self.offers = offers
        self.promised = promised
        self.clock = clock

    def names(self, hotline: str, call: str) -> list[str]:
        """The agents; who took the call comes before who was brought in."""
        people = self.people.all(hotline, now=self.clock())
        there = [one for one in people if one.state == "on_call" and self.promised.is_of(hotline, one.call, call)]
        return [one.name for one in sorted(there, key=lambda one: call_of(one.call)[1])]

    def token(self, hotline: str, call: str, agent: str = "") -> str:
        """The token of whoever talks in this call, or of this agent in it. Raises NotHandedOn."""
        for one in self.names(hotline, call):
            offer = self.offers.offer_for(hotline, one, now=self.clock()) if agent in ("", one) else None
            if offer is not None and self.promised.is_of(hotline, offer.call, call):
                return offer.token
        who = f"{agent} is not" if agent else "nobody is"
        raise NotHandedOn(f"in the call {call!r} {who} talking just now")

    def token_beside(self, hotline: str, call: str, expert: str, agent: str = "") -> str:
        """The token of somebody in this call besides that one: of this agent, or of anybody. Raises NotHandedOn."""
        for one in self.names(hotline, call):
            if one != expert and agent in ("", one):
                return self.token(hotline, call, one)
        raise NotHandedOn(f"in the call {call!r} nobody is talking besides {expert} just now")
