"""What every event is."""

from __future__ import annotations

import msgspec


class Fact(msgspec.Struct, frozen=True, tag_field="event", tag=True):
    """Parent of all events; on the wire the class name stands under `event`."""
