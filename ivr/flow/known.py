"""What conditions, values and words know of a call before any step has set a name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ivr.call.shape import Shape
from ivr.flow.hotline import Hotline
from ivr.flow.refs import LookupRef

PREFERENCES = ("language", "input", "pace", "way", "hour", "offers")
"""What may be known of how a caller likes to be served."""
CALLER_FIELDS: Mapping[str, Any] = MappingProxyType(
    {
        "number": None,
        "known": False,
        "name": None,
        "tier": "standard",
        "value": None,
        "kind": "person",
        "age": None,
        "tags": (),
        "language": None,
        "expects": None,
        "last_agent": None,
        "calls_today": 0,
        "gave_up_today": 0,
        "broke_off": None,
        "last_wish": None,
        "no_hints": False,
        "prefers": dict.fromkeys(PREFERENCES),
    }
)
"""What every caller has, known or not; the profile lookup overrides and adds."""

CALLER = Shape.parse(
    {
        "number": "text",
        "known": "flag",
        "name": "text",
        "tier": "text",
        "value": "number",
        "kind": "text",
        "age": "count",
        "tags": ["text"],
        "language": "text",
        "expects": "text",
        "last_agent": "text",
        "calls_today": "count",
        "gave_up_today": "count",
        "broke_off": "text",
        "last_wish": "text",
        "no_hints": "flag",
        "prefers": {name: "count" if name == "hour" else "text" for name in PREFERENCES},
    }
)
CALL = Shape.parse(
    {
        "id": "text",
        "caller": "text",
        "called": "text",
        "channel": "text",
        "language": "text",
        "intent": "text",
        "type": "text",
        "way": "text",
        "urgent": "flag",
        "answered": ["text"],
        "requests": "count",
        "ringable": "flag",
        "textable": "flag",
        "slowly": "flag",
        "spoke": "flag",
    }
)
HOURS = Shape.parse({"open": "flag", "opens": "time"})
PEOPLE = Shape.parse(
    {
        "waiting": "count",
        "idle": "count",
        "busy": "count",
        "off": "count",
        "kept": "count",
        "wait_s": "number",
        "open": "flag",
    }
)
"""Of one queue; only for conditions of handoff.yaml."""
PLACE = Shape.parse({"queue": "text", "line": "text", "position": "count", "size": "count", "wait": ["number"]})
"""Only for a caller who stands in line."""
GUESS = Shape("text")
"""Only in the words `did_you_mean` and `is_that_right`."""
CALLBACK = Shape.parse({"about": "text", "queue": "text", "since": "time"})
"""Only in the words `called_back` and those that follow on it."""
CALLED_BACK = Shape.parse({"number": "text", "name": "text", "tier": "text", "language": "text"})
"""What those words know of the caller."""
TALK = Shape.parse(
    {
        "queue": "text",
        "about": "text",
        "answered": ["text"],
        "consents": "count",
        "requests": "count",
        "complaints": "flag",
        "sent_by": "text",
        "note": "text",
        "expert": "flag",
        "targets": ["text"],
        "more": "flag",
        "minutes": "count",
        "by_hand": "flag",
    }
)
"""Only in the words for agents, `whisper` and so on. `targets` and `more` are what `agent_menu_targets` offers by key;
`minutes` and `by_hand` are of a call back."""

RESERVED = frozenset({"caller", "call", "hours", "place", "people", "today", "now", "guess", "callback", "talk"})
"""Names a step or a constant cannot take."""


def profile_shape(hotline: Hotline) -> Shape | None:
    """What the profile lookup brings; None where there is none, or where nobody can tell."""
    profile = hotline.file.profile
    return None if profile is None else lookup_shape(hotline, profile.lookup)


def operation(hotline: Hotline, lookup: LookupRef) -> Any:
    """The declaration of an operation of a connector; None where there is none that could be read."""
    connector = hotline.connectors.get(lookup.connector)
    return connector.operations.get(lookup.operation) if connector is not None else None


def lookup_shape(hotline: Hotline, lookup: LookupRef) -> Shape | None:
    """What an operation gives; None where nobody can tell."""
    shape = getattr(operation(hotline, lookup), "shape", None)
    return shape if isinstance(shape, Shape) else None


def caller_fields(hotline: Hotline) -> dict[str, Any]:
    """A caller of whom nothing is known yet: the profile's own names are there too, without a value."""
    shape = profile_shape(hotline)
    own = dict.fromkeys(shape.names()) if shape else {}
    return {**own, **CALLER_FIELDS, "tags": []}
