"""What promised calls need from the house, as Protocols."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ivr.call.verbs import Say
from ivr.channels.twilio.callback_urls import CallbackUrls


class Confirmed(Protocol):
    @property
    def room(self) -> str: ...
    @property
    def token(self) -> str: ...


class Back(Protocol):
    """Knows the promised calls. `leg` is the carrier's call to the caller; each may be told twice. All raise StoreDown
    when Redis does not answer."""

    def greeting(self, name: str, callback: str, leg: str) -> tuple[Say, ...] | None:
        """None: nobody wants this leg any more."""

    def words(self, name: str, callback: str, key: str) -> tuple[Say, ...]: ...
    def confirm(self, name: str, callback: str, leg: str) -> Confirmed | None:
        """None: nobody is there for the caller any more."""

    def decline(self, name: str, callback: str, leg: str) -> None: ...
    def not_reached(self, name: str, callback: str, leg: str, why: str) -> None: ...


@dataclass(frozen=True, slots=True)
class CallbackLine:
    """What `app` hands to these routes."""

    back: Back
    urls: CallbackUrls
    ring_agent: Callable[[str, str], None]
    """(hotline, token): the agent kept for this caller is to be rung."""
    talks: Callable[[str, str, str], object]
    """(hotline, callback, leg): whether the caller on that line talks with an agent."""
    caller_left: Callable[[str, str, str], None]
    """(hotline, callback, leg): the caller has hung up; if that was in a talk, the talk is over."""
    agent_words: Callable[[str, str, str], tuple[Say, ...]]
    """(hotline, agent, key): words in the agent's language."""
