"""What may be named where, and what is wrong with a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.call.shape import Shape
from ivr.flow.check.facts import ANY, Facts, Shapes
from ivr.flow.check.plan import listed
from ivr.flow.hotline import Hotline
from ivr.flow.known import (
    CALL,
    CALLBACK,
    CALLED_BACK,
    CALLER,
    GUESS,
    HOURS,
    PEOPLE,
    PLACE,
    RESERVED,
    TALK,
    profile_shape,
)
from ivr.flow.reads import ITEM, Path
from ivr.flow.where import close


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one path, as the end of a sentence."""

    sentence: str
    hint: str
    name: str = ""
    """Set when the name itself is missing, so that it may be worth saying on which way."""


def base(hotline: Hotline) -> dict[str, Shapes]:
    """What is known in every call at every moment."""
    constants = {name: (of_data(value),) for name, value in hotline.file.constants.items()}
    moment = {"today": (Shape("date"),), "now": (Shape("time"),), "hours": (HOURS,), "call": (CALL,)}
    return {**constants, **moment, "caller": (_caller(hotline),)}


def in_line(known: Facts) -> dict[str, Shapes]:
    """The same for a caller who stands in line."""
    return {**known, "place": (PLACE,)}


def with_people(known: Facts, queues: Iterable[str]) -> dict[str, Shapes]:
    """The same for conditions of handoff.yaml."""
    return {**known, "people": (Shape("mapping", dict.fromkeys(queues, PEOPLE)),)}


def with_guess(known: Facts) -> dict[str, Shapes]:
    """The same for the words `did_you_mean`."""
    return {**known, "guess": (GUESS,)}


def called_back(hotline: Hotline) -> dict[str, Shapes]:
    """What the words of a call back know: no call is running yet."""
    constants = {name: (of_data(value),) for name, value in hotline.file.constants.items()}
    return {**constants, "caller": (CALLED_BACK,), "callback": (CALLBACK,)}


def for_agents(hotline: Hotline) -> dict[str, Shapes]:
    """What the words for agents know."""
    constants = {name: (of_data(value),) for name, value in hotline.file.constants.items()}
    return {**constants, "caller": (CALLED_BACK,), "talk": (TALK,)}


def _caller(hotline: Hotline) -> Shape:
    if hotline.file.profile is None:
        return CALLER
    own = profile_shape(hotline)
    if own is None or own.kind == "any":
        return ANY  # a lookup that could not be read, or one that says nothing of its shape
    return Shape("mapping", {**CALLER.fields, **own.fields})


def of_data(value: Any) -> Shape:
    """The shape of a constant."""
    match value:
        case Mapping():
            return Shape("mapping", {str(name): of_data(inner) for name, inner in value.items()})
        case list() | tuple():
            shapes = [of_data(inner) for inner in value]
            return Shape("list", item=shapes[0] if shapes and all(one == shapes[0] for one in shapes) else ANY)
        case bool():
            return Shape("flag")
        case int() | float():
            return Shape("number")
        case str():
            return Shape("text")
        case _:
            return ANY


def problem(path: Path, known: Facts) -> Problem | None:
    """What is wrong with reading this path where these names are known."""
    if path[0] not in known:
        return Problem(*_unknown(path[0], known), path[0])
    for shape in known[path[0]]:
        if found := _inside(shape, path):
            return found
    return None


def _unknown(name: str, known: Iterable[str]) -> tuple[str, str]:
    if name == "place":
        return "`place` is known only while the caller stands in line", (
            "That is in the `waiting:` words of a queue and in flows of `request:` rules"
        )
    if name == "people":
        return "`people` is known only in the conditions of handoff.yaml", ""
    if name == "guess":
        return "`guess` is known only in the words 'did_you_mean' and 'is_that_right'", ""
    if name == "callback":
        return "`callback` is known only in the words of a call back: 'called_back' and so on", ""
    if name == "talk":
        return "`talk` is known only in the words for agents: 'whisper' and so on", ""
    elsewhere = {"guess", "place", "people", "callback", "talk"}
    return f"nothing called {name!r} is known here", close(name, {*known, *RESERVED - elsewhere})


def _inside(shape: Shape, path: Path) -> Problem | None:
    for n, part in enumerate(path[1:], 1):
        if shape.kind == "any":
            return None
        below = shape.item if part == ITEM else shape.child(part)
        if below is None:
            return _missing(shape, path[:n], part)
        shape = below
    return None


def _missing(shape: Shape, so_far: Path, part: str) -> Problem:
    whole = ".".join(so_far).replace(f".{ITEM}", ITEM)
    if part == ITEM:
        return Problem(f"{whole!r} is no list", "")
    if shape.item is not None:
        return Problem(
            f"{whole!r} is a list, so it has no {part!r}", "Go through it by {% for %}, or take its `| first`"
        )
    names = shape.names()
    if not names:
        return Problem(f"{whole!r} is a single value and has no {part!r} in it", "")
    return Problem(f"{whole!r} has no {part!r}", close(part, names) or f"It has {listed(names)}")
