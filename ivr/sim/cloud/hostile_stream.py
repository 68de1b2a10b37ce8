"""What a carrier may do to a call's sound, each as a switch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HostileStream:
    """All off: a stream on a good day. Set it as `Hostile(stream=…)` before the call begins to stream."""

    unreachable: bool = False
    """The socket cannot be opened."""
    signs_https: bool = False
    """Sign the address as https://, as some captures show it."""
    starts: bool = True
    """False: the socket is opened and left."""
    frames_twice: bool = False
    frames_swapped: bool = False
    """Each second frame comes before the first."""
    loses: frozenset[int] = frozenset()
    """Chunks that never come."""
    frame_bytes: int = 160
    """Of sound in one message."""
    not_base64: bool = False
    media_format: Mapping[str, str | int] = field(default_factory=dict)
    """Other values for parts of mediaFormat."""
    call: str | None = None
    """Another call's id in `start`."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Other values for custom parameters."""
    no_marks: bool = False
    """Marks are never told back."""
    no_stop: bool = False
    """A stream ends without `stop`."""
    breaks_at_ms: float | None = None
    """Then the connection breaks, without a word and without the closing of a socket."""
    no_action: bool = False
    """Connect's action is not asked: the next verb follows."""
