"""What a call by sound tells whoever watches it: `Wire.noticed(what, told)`. Nothing secret is among it.

said         {"text": str | None, "language": str}      a prompt begins; None: its words are secret
played       {"audio": str}                              a sound begins
asked        {"expect": str, "speech": bool}             an answer is awaited
speech       {}                                          the caller began to speak
interrupted  {}                                          and the prompt fell silent
heard        {"text": str | None, "confidence": float | None, "sure": bool, "typed"?: true}
ignored      {"why": "no words" | "uh-huh" | "a remark" | "echo" | "keys only"}   the prompt goes on
key          {"key": str}                                "•" where it is secret
event        {"event": str, "turn": int}                 what went to the engine
answered     {"verbs": [str], "turn": int, "took_ms": int}   what came back
first_sound  {"after": "speech" | "key", "ms": int}      from the end of his voice, or the key, to our first sound
trouble      {"why": str}                                for the host
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Watch = Callable[[str, dict[str, Any]], None]
