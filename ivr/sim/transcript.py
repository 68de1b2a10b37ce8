"""What went on in a simulated call, written down as the script that would play it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

LINE_WIDTH = 110
WORDS = {"records": "message", "dial": "dial_ends", "dialled": "transferred"}
"""What lines call it → what a scripted call calls it."""


@dataclass(slots=True)
class Transcript:
    """Turns as a scripted call has them: `{hears: …}`, `{presses: …}` and so on, with the time of each."""

    caller: str
    called: str
    turns: list[tuple[float, dict[str, Any]]] = field(default_factory=list)

    def add(self, at: float, **turn: Any) -> None:
        """One thing that happened, by its word and value."""
        self.turns.append((at, {WORDS.get(word, word): value for word, value in turn.items()}))

    def shown(self) -> str:
        """The whole call for a failure's message: seconds since it began, then what happened."""
        began = self.turns[0][0] if self.turns else 0.0
        lines = [f"  from {self.caller} to {self.called or '(any number)'}"]
        for at, turn in self.turns:
            ((what, value),) = turn.items()
            lines.append(f"  {at - began:7.1f}s  {what}: {value}")
        return "\n".join(lines)


def script_text(turns: Sequence[Mapping[str, Any]], head: Mapping[str, Any]) -> str:
    """A scripted call as YAML; what is empty in its head (`about`, `from`, `to`, `at`) is left out."""
    plain = {**{name: value for name, value in head.items() if value}, "turns": list(turns)}
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=LINE_WIDTH)
