"""A simulated call that goes through the carrier."""

from __future__ import annotations

from ivr.sim.call import SimCall
from ivr.sim.carrier.handset import CloudHandset
from ivr.sim.carrier.rehearsal import CarrierRehearsal
from ivr.sim.handset import Handset


class CarrierCall(SimCall):
    """Says and checks what `SimCall` does; only the line is another."""

    def __init__(self, rehearsal: CarrierRehearsal, *, caller: str = "+12025550100", called: str = "") -> None:
        super().__init__(rehearsal, caller=caller, called=called)
        self._house = rehearsal

    def handset(self) -> Handset:
        return CloudHandset(self._house, self.caller, self.called)
