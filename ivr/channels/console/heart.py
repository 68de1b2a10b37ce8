"""What a terminal tells beside whatever its owner is doing: that it is there. One that is killed falls silent."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

from ivr.call.codec import to_json
from ivr.channels.console.lines import ask
from ivr.errors import CarrierError

BEAT_EVERY_S = 4.0
"""The server takes who is not heard of for 15 s for gone."""

OUT = "  ✕  you are rung for nobody: signed out, on a pause, or not heard of for too long; ctrl-c, and start again"


class Heart:
    """Beats in a thread of its own, from `with` to its end. `show` is given what the agent should know at once."""

    def __init__(self, agent_url: str, show: Callable[[str], None], every_s: float = BEAT_EVERY_S) -> None:
        self._url, self._show, self._every_s = f"{agent_url}/beat", show, every_s
        self._beats = {"token": "", "rings": ""}
        self._said = ""
        self._one = Lock()
        self._end = Event()
        self._thread = Thread(target=self._run, name="heart", daemon=True)

    def __enter__(self) -> Heart:
        self._beat()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end.set()
        self._thread.join(1.0)

    def holds(self, token: str) -> None:
        """From now on this talk is held here; empty: none is."""
        self._beats = {"token": token, "rings": ""}
        self._beat()

    def rings(self, token: str) -> None:
        """It rings for this caller."""
        self._beats = {"token": "", "rings": token}

    def says(self, text: str) -> None:
        """Tell the agent of a trouble, once for as long as it lasts."""
        with self._one:
            self._once(text)

    def _run(self) -> None:
        while not self._end.wait(self._every_s):
            self._beat()

    def _beat(self) -> None:
        with self._one:
            told = self._beats
            try:
                self._tell(ask(self._url, to_json(told)), told)
            except CarrierError as error:
                self._once(f"  ✕  {error}")

    def _tell(self, answer: dict[str, Any], told: dict[str, str]) -> None:
        if not answer["at_work"]:
            self._once(OUT)
        elif answer["caller_gone"]:
            talks = bool(told["token"])
            self._once("  ✕  the caller has left this talk; enter ends it" if talks else "  ✕  it rings no more; enter")
        elif self._said == OUT:
            self._once("  ✓  you can be rung again")
        else:
            self._said = ""

    def _once(self, text: str) -> None:
        """What was said last is not said again."""
        if text and text != self._said:
            self._show(text)
        self._said = text
