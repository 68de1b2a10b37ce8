"""Agents with telephones at the carrier: rung over REST, told who waits, joined in a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.sim.cloud import Call
from ivr.sim.people import People

if TYPE_CHECKING:
    from ivr.sim.carrier.rehearsal import CarrierRehearsal


class CarrierPeople(People):
    """They decide at once: what they think over would be time in which callers hear more."""

    def __init__(self, rehearsal: CarrierRehearsal) -> None:
        super().__init__(rehearsal)
        self._house = rehearsal
        self._legs: dict[tuple[str, str], Call] = {}

    def leg(self, hotline: str, agent: str) -> Call:
        """The agent's telephone, ringing; AssertionError when it does not."""
        legs = self._ringing(hotline, agent)
        if not legs:
            states = {one.name: one.state for one in self._house.agents.all(hotline, now=self._house.clock())}
            raise AssertionError(f"the phone of agent {agent} does not ring; agents: {states}")
        return legs[-1]

    def rings(self, hotline: str, agent: str) -> bool:
        return bool(self._ringing(hotline, agent))

    def _ringing(self, hotline: str, agent: str) -> list[Call]:
        self._house.switchboard.round(hotline)
        phone = self._house.hotline(hotline).queues.agents[agent].phone
        calls = list(self._house.cloud.calls.values())
        return [call for call in calls if call.to == phone and call.status == "ringing"]

    def take(self, hotline: str, agent: str) -> None:
        leg = self.leg(hotline, agent)
        leg.answer()
        leg.press("1", at_once=True)
        if leg.state != "in room":
            raise AssertionError(f"agent {agent} pressed 1, and is {leg.state}; heard: {leg.heard}")
        self._legs[hotline, agent] = leg

    def decline(self, hotline: str, agent: str, why: str = "declined") -> None:
        leg = self.leg(hotline, agent)
        if why == "declined":
            leg.answer()
            leg.press("2", at_once=True)
        else:
            leg.no_answer()

    def finish(self, hotline: str, agent: str, seconds: float) -> None:
        leg = self._legs.pop((hotline, agent), None)
        if leg is not None:
            leg.hang_up()
