"""What a proof comes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Of one property: proved where there is neither a call against it nor a reason to doubt."""

    name: str
    """request, complaint, near, sound, keys, rules, off_hours."""
    says: str
    """The property, in a sentence."""
    faults: tuple[Shown, ...] = ()
    doubts: tuple[str, ...] = ()
    """Why nothing is proved although no call was found."""

    @property
    def is_proved(self) -> bool:
        return not self.faults and not self.doubts


@dataclass(frozen=True, slots=True)
class Shown:
    """A call against a property."""

    place: tuple[str, str]
    """Flow and step to look at."""
    sentence: str
    call: str
    """The scripted call, as YAML."""
