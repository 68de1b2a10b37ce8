"""An agent's phone in a terminal, on the local line of a running server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ivr.call.codec import to_json
from ivr.channels.console.heart import Heart
from ivr.channels.console.lines import ask
from ivr.errors import CarrierError

LOOK_EVERY_S = 1.0
DURING = "enter ends the talk; t … sends the caller on, b … brings somebody in, x sends them away, c … how it ended > "
CALLING = "1 when you have talked, 2 when nobody was there; t … has somebody else call, c … how it ended > "
CLOSING = "how did it end? 1 solved, 2 not solved, 3 solved and sold, enter says nothing > "
OUTCOMES = {"1": "solved", "2": "not_solved", "3": "converted"}
HELP = "     t agent:ben a note … or b queue:technical a note … or x, or x ben, or c solved a note …"


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
        self._heart = Heart(f"{self._base}/agents/{self._me}", show)

    def work(self) -> None:
        ask(f"{self._base}/agents/{self._me}/in", b"{}")
        self._show(f"{self._agent} is ready; ctrl-c signs out")
        try:
            with self._heart:
                while True:
                    self._look()
                    self._pause(LOOK_EVERY_S)
        except (KeyboardInterrupt, EOFError):
            ask(f"{self._base}/agents/{self._me}/out", b"{}")
            self._show(f"{self._agent} is signed out")

    def _look(self) -> None:
        """See whether it rings. A server that is away for a while comes back; the heart tells of both."""
        try:
            offer = ask(f"{self._base}/agents/{self._me}")
            if offer:
                self._ring(offer)
        except CarrierError as error:
            self._heart.rings("")
            self._heart.says(f"  ✕  {error}")

    def _ring(self, offer: dict[str, Any]) -> None:
        for say in offer["words"]:
            self._show(f"  ☎  {say['text']}")
        token = f"{self._base}/offers/{self._hotline}/{offer['token']}"
        self._heart.rings(offer["token"])
        if self._read("1 takes, 2 declines > ").strip() != "1":
            self._heart.rings("")
            ask(f"{token}/decline", b"{}")
            return
        taken = ask(f"{token}/take", b"{}")
        self._heart.holds(offer["token"])
        try:
            if number := taken.get("number"):
                self._call_back(token, number)
                return
            self._show("  ♥  you are talking to the caller")
            self._talk(token, taken)
        except (KeyboardInterrupt, EOFError):  # who goes home has hung up, and a promised call stays promised
            ask(f"{token}/{'not_reached' if taken.get('number') else 'end'}", b"{}")
            raise
        finally:
            self._heart.holds("")

    def _talk(self, token: str, taken: dict[str, Any]) -> None:
        while (typed := self._read(DURING).strip()) and not self._orders(token, typed):
            pass
        if not typed:
            if taken.get("closes"):
                self._closes(token, self._read(CLOSING).strip())
            ask(f"{token}/end", b"{}")
        self._show("  ✕  the talk is over" if not typed else "  ✕  the caller is sent on")

    def _orders(self, token: str, typed: str) -> bool:
        """Whether this agent is through with the caller."""
        what, _, rest = typed.partition(" ")
        match what:
            case "x":
                if self._asks("send_away", {"expert": rest.strip()}):
                    self._show("  ✕  they leave the talk")
            case "c":
                self._closes(token, rest.strip())
            case _:
                return self._hands_on(typed)
        return False

    def _closes(self, token: str, typed: str) -> None:
        """`1 a note` tells that it is solved, and so does `solved a note`."""
        key, _, note = typed.partition(" ")
        outcome = OUTCOMES.get(key, key)
        if outcome not in OUTCOMES.values():
            self._show("     nothing is said of how it ended" if not typed else HELP)
            return
        try:
            stands = ask(f"{token}/close", to_json({"outcome": outcome, "note": note.strip()}))
        except CarrierError as error:
            self._show(f"  ✕  {error}")
            return
        self._show(f"  ✓  closed as {stands['outcome'].replace('_', ' ')} by {stands['by']}")

    def _asks(self, what: str, body: dict[str, str]) -> bool:
        """Whether it was done."""
        try:
            ask(f"{self._base}/agents/{self._me}/{what}", to_json(body))
        except CarrierError as error:
            self._show(f"  ✕  {error}")
            return False
        return True

    def _hands_on(self, typed: str) -> bool:
        """`t …` sends the caller on, `b …` brings somebody in. Whether this agent is through with him."""
        what, _, rest = typed.partition(" ")
        to, _, note = rest.strip().partition(" ")
        where = {"t": "transfer", "b": "bring_in"}.get(what)
        if where is None or not to:
            self._show(HELP)
            return False
        if not self._asks(where, {"to": to, "note": note.strip()}):
            return False
        if what == "b":
            self._show(f"  ☎  {to} is rung; you talk on")
        return what == "t"

    def _call_back(self, token: str, number: str) -> None:
        """Nobody can be rung from here: the agent does it, and tells how it went."""
        self._show(f"  ☏  call {number} by another telephone")
        while (typed := self._read(CALLING).strip()) not in ("1", "2"):
            if typed[:1] == "c":
                self._closes(token, typed[1:].strip())
            elif typed and self._hands_on(typed):
                self._show("  ✕  somebody else calls them")
                return
        if typed == "2":
            ask(f"{token}/not_reached", b"{}")
            self._show("  ✕  not reached; it is tried again later")
            return
        ask(f"{token}/end", b"{}")
        self._show("  ✕  the call back is done")
