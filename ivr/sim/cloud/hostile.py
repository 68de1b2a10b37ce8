"""What a carrier may do to a server, each as a switch. Set `cloud.hostile = Hostile(...)` at any time of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ivr.sim.cloud.hostile_stream import HostileStream


@dataclass(frozen=True, slots=True)
class Hostile:
    """All off: a carrier on a good day."""

    twice: Literal["no", "same token", "new token"] = "no"
    """Ask for every document twice and go by the second answer. The token is the one by which a retry is known."""
    late: bool = False
    """After every document, ask for the one before it again and throw that answer away."""
    loses: frozenset[int] = frozenset()
    """Which documents of a call, counted from 0, are made by the server and never arrive. The fallback URL follows."""
    forged: bool = False
    """Sign with a secret that is not the account's."""
    unsigned: bool = False
    no_confidence: bool = False
    """Speech comes without Confidence."""
    only_legacy_names: bool = False
    """Caller and Called instead of From and To."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Parameters nobody has heard of, in every request."""
    without: frozenset[str] = frozenset()
    """Parameters left out of every request."""
    instead: Mapping[str, str | list[str]] = field(default_factory=dict)
    """Other values for parameters of every request; a list repeats the name."""
    callbacks_twice: bool = False
    callbacks_backwards: bool = False
    """Status callbacks are held until `cloud.deliver()` and come the last one first."""
    end_before_actions: bool = False
    """The status callback of a call's end comes before the action of the verb that the caller hung up on."""
    query_on_documents: str = ""
    """Something added to the query of every document's address, as a proxy or a person might."""
    stream: HostileStream = field(default_factory=HostileStream)
