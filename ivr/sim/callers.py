"""Callers of a rehearsal who are called back: their phone rings, they answer or not, press a key or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ivr.flow.hotline import Hotline

if TYPE_CHECKING:
    from ivr.sim.rehearsal import Rehearsal

Does = Literal["confirms", "declines", "busy", "no_answer", "hangs_up", "machine"]
"""Presses 1, presses 2, hangs up in the middle of the words, or is an answering machine, which presses nothing."""


@dataclass(frozen=True, slots=True)
class Ringing:
    """A caller's phone rings."""

    name: str
    number: str
    leg: str


class Callers:
    """Those who are called back. A `Dialler`, as the carrier is one for a server."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        self._ringing: dict[str, Ringing] = {}
        self._legs = 0

    # --- the dialler -----------------------------------------------------------------------------------------

    def can_dial(self, name: str) -> bool:
        return True

    def dial(self, hotline: Hotline, name: str, number: str, ring_s: int) -> str:
        self._legs += 1
        leg = f"back-{self._legs}"
        self._ringing[number] = Ringing(name, number, leg)
        return leg

    def end(self, leg: str) -> None:
        self._ringing = {number: one for number, one in self._ringing.items() if one.leg != leg}

    def is_there(self, leg: str) -> bool:
        return True

    # --- what they do -----------------------------------------------------------------------------------------

    def rings(self, hotline: str, number: str) -> bool:
        """Whether that number's phone rings, after the switchboard has looked around."""
        self._rehearsal.switchboard.round(hotline)
        return number in self._ringing

    def answers(self, hotline: str, number: str, does: Does) -> str:
        """What the caller hears and does; AssertionError when the phone does not ring."""
        if not self.rings(hotline, number):
            raise AssertionError(f"the phone of {number} does not ring")
        one, back = self._ringing.pop(number), self._rehearsal.works.back
        if does in ("busy", "no_answer"):
            back.not_reached(hotline, one.name, one.leg, does.replace("_", "-"))
            return ""
        greeting = back.greeting(hotline, one.name, one.leg)
        said = [say.text for say in greeting or back.words(hotline, one.name, "called_back_later")]
        if does == "confirms" and greeting:
            confirmed = back.confirm(hotline, one.name, one.leg)
            key = "called_back_joined" if confirmed else "called_back_later"
            said += [say.text for say in back.words(hotline, one.name, key)]
            if confirmed and confirmed.token:
                self._rehearsal.switchboard.caller_confirmed(hotline, confirmed.token)
        elif does == "declines":
            said += [say.text for say in back.words(hotline, one.name, "called_back_off")]
            back.decline(hotline, one.name, one.leg)
        else:
            back.not_reached(hotline, one.name, one.leg, "no_key" if does == "machine" else "hung_up")
        return " ".join(said)
