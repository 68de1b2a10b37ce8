"""The agents of a rehearsal: sign in, are rung, take, decline, finish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.runtime.switchboard import Offer

if TYPE_CHECKING:
    from ivr.sim.rehearsal import Rehearsal


class People:
    """All agents of all hotlines of a rehearsal, by name."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        self._talks: dict[tuple[str, str], str] = {}

    def sign_in(self, hotline: str, agent: str) -> None:
        house = self._rehearsal
        house.agents.sign_in(hotline, agent, now=house.clock())

    def sign_out(self, hotline: str, agent: str) -> None:
        house = self._rehearsal
        house.agents.sign_out(hotline, agent, now=house.clock())

    def rung(self, hotline: str, agent: str) -> Offer | None:
        """The offer this agent's phone rings for, after the switchboard has looked around."""
        house = self._rehearsal
        house.switchboard.round(hotline)
        return next((ring for ring in house.rings if ring.hotline == hotline and ring.agent == agent), None)

    def rings(self, hotline: str, agent: str) -> bool:
        """Whether this agent's phone rings, after the switchboard has looked around."""
        return self.rung(hotline, agent) is not None

    def take(self, hotline: str, agent: str) -> None:
        """The agent answers and presses 1; AssertionError when the phone does not ring."""
        offer = self._ring(hotline, agent)
        if self._rehearsal.switchboard.take(hotline, offer.token) is None:
            raise AssertionError(f"agent {agent} pressed 1, but the caller was gone")
        self._talks[hotline, agent] = offer.token

    def decline(self, hotline: str, agent: str, why: str = "declined") -> None:
        offer = self._ring(hotline, agent)
        self._rehearsal.switchboard.miss(hotline, offer.token, why)

    def finish(self, hotline: str, agent: str, seconds: float) -> None:
        token = self._talks.pop((hotline, agent), None)
        if token is not None:
            self._rehearsal.works.talks.ended(hotline, token, seconds)

    def transfer(self, hotline: str, agent: str, to: str, note: str) -> None:
        """The agent sends the caller on. Raises NotHandedOn."""
        self._rehearsal.works.talks.transfer(hotline, self._talk(hotline, agent), to, note)
        self._talks.pop((hotline, agent), None)

    def bring_in(self, hotline: str, agent: str, to: str, note: str) -> None:
        """Somebody else is rung to join. Raises NotHandedOn."""
        self._rehearsal.works.talks.bring_in(hotline, self._talk(hotline, agent), to, note)

    def _talk(self, hotline: str, agent: str) -> str:
        house = self._rehearsal
        offer = house.offers.offer_for(hotline, agent, now=house.clock())
        return offer.token if offer else ""

    def _ring(self, hotline: str, agent: str) -> Offer:
        offer = self.rung(hotline, agent)
        if offer is None:
            states = {one.name: one.state for one in self._rehearsal.agents.all(hotline, now=self._rehearsal.clock())}
            raise AssertionError(f"the phone of agent {agent} does not ring; agents: {states}")
        self._rehearsal.cancel(offer)
        return offer
