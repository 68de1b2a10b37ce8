"""Callers with telephones at the carrier who are called back: rung over REST, told who calls, joined in a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.flow.hotline import Hotline
from ivr.sim.callers import Callers, Does
from ivr.sim.cloud import Call
from ivr.wiring.carrier import TwilioDialler

if TYPE_CHECKING:
    from ivr.sim.carrier.rehearsal import CarrierRehearsal


class CarrierCallers(Callers):
    """`through` is set before anybody is called."""

    through: TwilioDialler

    def __init__(self, rehearsal: CarrierRehearsal) -> None:
        super().__init__(rehearsal)
        self._house = rehearsal

    def can_dial(self, name: str) -> bool:
        return self.through.can_dial(name)

    def dial(self, hotline: Hotline, name: str, number: str, ring_s: int) -> str:
        return self.through.dial(hotline, name, number, ring_s)

    def end(self, leg: str) -> None:
        self.through.end(leg)

    def is_there(self, leg: str) -> bool:
        return self.through.is_there(leg)

    def rings(self, hotline: str, number: str) -> bool:
        self._house.switchboard.round(hotline)
        self._house.cloud.do_orders()
        return bool(self._legs_of(number))

    def leg(self, hotline: str, number: str) -> Call:
        """That telephone, ringing; AssertionError when it does not."""
        if not self.rings(hotline, number):
            raise AssertionError(f"the phone of {number} does not ring")
        return self._legs_of(number)[-1]

    def answers(self, hotline: str, number: str, does: Does) -> str:
        leg = self.leg(hotline, number)
        if does == "busy":
            leg.decline()
        elif does == "no_answer":
            leg.no_answer()
        else:
            leg.answer()
        match does:
            case "confirms":
                leg.press("1")
                leg.wait(1)
            case "declines":
                leg.press("2")
            case "hangs_up":
                leg.hang_up()
            case "machine":
                leg.wait(60)
        return " ".join(leg.heard)

    def _legs_of(self, number: str) -> list[Call]:
        calls = list(self._house.cloud.calls.values())
        return [one for one in calls if one.to == number and one.status == "ringing"]
