"""What agents' legs need from the house, as Protocols. `token` names one offer; all may be called twice for the same
news. All but `gone` raise StoreDown when Redis does not answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from ivr.call.closing import Outcome
from ivr.call.verbs import Say
from ivr.channels.twilio.agent_urls import Offered
from ivr.runtime.agent_menu import What
from ivr.runtime.talks import Where


class Taken(Protocol):
    """An agent has taken an offered caller; both meet in `room`."""

    @property
    def room(self) -> str: ...

    @property
    def name(self) -> str:
        """Of the promised call that this is, while the caller is rung; empty where he is on the line."""

    @property
    def agent(self) -> str:
        """Whose leg it is, where that is a promised call."""

    @property
    def shared(self) -> bool:
        """Others talk in that room already, and go on when this one leaves."""


class Desk(Protocol):
    """Minds the offers made to agents."""

    def whisper(self, hotline: str, token: str) -> tuple[Say, ...] | None:
        """What the agent hears before taking: who waits, and that 1 takes and 2 declines. None: nobody waits now."""

    def gone(self, hotline: str) -> tuple[Say, ...]:
        """What an agent hears who comes too late."""

    def take(self, hotline: str, token: str) -> Taken | None:
        """The agent pressed 1. None: the offer is no longer open. The caller is fetched into the room by whoever
        implements this: redirect the call to `Urls.again`."""

    def miss(self, hotline: str, token: str, why: str) -> None:
        """The agent did not take it: declined, no-key, no-answer, busy, failed or canceled."""


class Talks(Protocol):
    """Minds the talks. Orders raise NotHandedOn, with nothing changed, where they cannot be."""

    def find(self, token: str) -> Offered | None:
        """None: the talk is over, for this agent."""

    def away(self, hotline: str, token: str, visit: int) -> Where:
        """The agent is out of the room, after his `visit`, and holds the line."""

    def back(self, hotline: str, token: str, visit: int) -> Taken | None:
        """The agent goes into the room again. None: the talk is over."""

    def over(self, hotline: str, token: str) -> None:
        """The talk is over, and the agent free, while his leg is not."""

    def asked(self, hotline: str, agent: str, queue: str) -> None:
        """After `over`: this agent has answered the last question, or hung up."""

    def ended(self, hotline: str, token: str, duration_s: float) -> None:
        """The agent's leg was answered and is over. Nobody pressed a key if the offer was neither taken nor missed."""

    def transfer(self, hotline: str, token: str, to: str) -> None: ...
    def bring_in(self, hotline: str, token: str, to: str) -> None: ...
    def send_away(self, hotline: str, token: str) -> None: ...
    def was_reached(self, hotline: str, call: str) -> bool:
        """False: the agent was there for somebody who was called back, and was not."""

    def has_gone(self, hotline: str, call: str) -> bool:
        """The caller has hung up."""

    def asks_how_it_ended(self, hotline: str, queue: str) -> bool: ...
    def close(self, hotline: str, call: str, agent: str, outcome: Outcome) -> Any: ...
    def words(self, hotline: str, agent: str, key: str) -> tuple[Say, ...]:
        """In the agent's language; none where they cannot be said."""


class Page(Protocol):
    @property
    def words(self) -> tuple[Say, ...]: ...
    @property
    def targets(self) -> tuple[str, ...]: ...
    @property
    def more(self) -> bool: ...


class Menu(Protocol):
    """What an agent can choose in a talk."""

    def page(self, hotline: str, token: str, what: What, number: int) -> Page | None:
        """None: the talk is over."""


@dataclass(frozen=True, slots=True)
class AgentDesk:
    """What `app` hands to these routes."""

    desk: Desk
    talks: Talks
    menu: Menu
