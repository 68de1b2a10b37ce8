"""What the loader needs from the rooms it may not know: step kinds, connectors, hours."""

from __future__ import annotations

import ivr.engine.nodes as _nodes
from ivr.connectors import CONNECTORS
from ivr.engine.kind import KINDS
from ivr.flow.kit import Kit
from ivr.routing.hours_written import read_hours


def standard_kit() -> Kit:
    """All step kinds and connectors of this installation."""
    assert _nodes.__path__, "importing the package registers the kinds"
    return Kit(kinds=dict(KINDS), connectors=dict(CONNECTORS), read_hours=read_hours)
