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

    place: tuple[str, str] | Written
    """What to look at: a step of a flow, or what is written elsewhere."""
    sentence: str
    call: str
    """The scripted call, as YAML."""


@dataclass(frozen=True, slots=True)
class Written:
    """A place in a file that is no flow."""

    file: str
    trail: tuple[str | int, ...]

    def __str__(self) -> str:
        return f"{self.file}: {'.'.join(map(str, self.trail))}"
