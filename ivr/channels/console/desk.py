"""An agent's phone in a terminal, on the local line of a running server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ivr.channels.console.lines import ask
from ivr.errors import CarrierError

LOOK_EVERY_S = 1.0


class AgentPhone:
    """Signs the agent in, waits for a ring, and ends with ctrl-c, which signs the agent out."""

    def __init__(
        self,
        server: str,
        hotline: str,
        agent: str,
        show: Callable[[str], None],
        read: Callable[[str], str],
        pause: Callable[[float], None],
    ) -> None:
        self._base = f"{server.rstrip('/')}/line"
        self._me = f"{hotline}/{agent}"
        self._hotline, self._agent = hotline, agent
        self._show, self._read, self._pause = show, read, pause

    def work(self) -> None:
        ask(f"{self._base}/agents/{self._me}/in", b"{}")
        self._show(f"{self._agent} is ready; ctrl-c signs out")
        try:
            while True:
                offer = ask(f"{self._base}/agents/{self._me}")
                if offer:
                    self._ring(offer)
                self._pause(LOOK_EVERY_S)
        except (KeyboardInterrupt, EOFError):
            ask(f"{self._base}/agents/{self._me}/out", b"{}")
            self._show(f"{self._agent} is signed out")

    def _ring(self, offer: dict[str, Any]) -> None:
        for say in offer["words"]:
            self._show(f"  ☎  {say['text']}")
        token = f"{self._base}/offers/{self._hotline}/{offer['token']}"
        if self._read("1 takes, 2 declines > ").strip() != "1":
            ask(f"{token}/decline", b"{}")
            return
        try:
            taken = ask(f"{token}/take", b"{}")
        except CarrierError as error:
            self._show(f"  ✕  {error}")
            return
        if number := taken.get("number"):
            self._call_back(token, number)
            return
        self._show("  ♥  you are talking to the caller")
        self._read("enter ends the talk > ")
        ask(f"{token}/end", b"{}")
        self._show("  ✕  the talk is over")

    def _call_back(self, token: str, number: str) -> None:
        """Nobody can be rung from here: the agent does it, and tells how it went."""
        self._show(f"  ☏  call {number} by another telephone")
        if self._read("1 when you have talked, 2 when nobody was there > ").strip() == "2":
            ask(f"{token}/not_reached", b"{}")
            self._show("  ✕  not reached; it is tried again later")
            return
        ask(f"{token}/end", b"{}")
        self._show("  ✕  the call back is done")
