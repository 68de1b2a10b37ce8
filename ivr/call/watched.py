"""A running call as somebody watches it: its entries as they come, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.call.entries import Entry


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry of a watched call; its number counts from 1."""

    n: int
    entry: Entry
    words: str
    """The entry in one sentence."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a call stands. Nothing a caller said or set is in it."""

    version: str
    """Of the hotline: what its flows are drawn from."""
    flow: str
    step: str
    phase: str
    """opening, flow or over."""
    language: str
    runs: tuple[str, ...] = ()
    """The steps (`main.person`) that wait for a sub-flow, the outermost first."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is new since the look before."""

    entries: tuple[Seen, ...] = ()
    last: str = "0"
    """Where the next look begins."""
    standing: Standing | None = None
    """None: nobody knows this call yet, or it stands where it stood."""
    state: bytes = b""
    """What `standing` was read from, for the next look to compare."""
