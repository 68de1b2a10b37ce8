"""The declared shape of business data: `{amount: money, due: date, lines: [{number: phone, state: text}]}`.

Values of a shape are plain JSON values, so that a call's state stays plain data:

    text   str                      money   int or float, at most 4 decimals
    number int or float             count   int, 0 or more
    date   "2026-11-22"             time    "2026-11-22T15:30:00", with an offset where one came
    flag   bool                     phone   str, as it came
    any    whatever came, made plain
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

import msgspec

from ivr.errors import LookupBroken

DEEPEST = 10
"""Mappings and lists inside each other; YAML and JSON can be written without an end."""
LARGEST = 10**15
"""Numbers from here on are no money and no count, and not exact in JSON."""
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\??")
DECIMAL = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
PHONE = re.compile(r"\+?[\d ()./-]{2,40}")
YES = frozenset({"true", "t", "yes", "y", "1"})
NO = frozenset({"false", "f", "no", "n", "0"})

Trail = tuple[str | int, ...]


class BadShape(ValueError):
    """A shape that cannot be; `path` leads to the place below the shape's own."""

    def __init__(self, sentence: str, path: Trail) -> None:
        super().__init__(f"{at(path)}: {sentence}" if path else sentence)
        self.path = path


class WrongShape(LookupBroken):
    """A value that is not of its declared shape; says where and what sort of thing came, never the value itself."""

    def __init__(self, path: Trail, wanted: str, value: object) -> None:
        super().__init__(f"{at(path) or 'the answer'} should be {wanted}, but {came(value)} came")
        self.path = path


class Shape(msgspec.Struct, frozen=True):
    """One of: a leaf (`kind` is its name), a `mapping` with `fields`, a `list` of `item`."""

    kind: str
    fields: dict[str, Shape] = {}
    optional: frozenset[str] = frozenset()
    """Fields written `name?`: where they are missing, their value is None."""
    item: Shape | None = None

    @classmethod
    def parse(cls, plain: Any) -> Shape:
        """Read a shape as written in YAML. Raises BadShape, a ValueError with a sentence."""
        return _parse(plain, ())

    def fit(self, value: Any) -> Any:
        """The value as plain JSON data of this shape; fields nobody declared are left out. Raises WrongShape."""
        return _fit(self, value, ())

    def child(self, name: str) -> Shape | None:
        """What `.name` leads to; None where there is no such thing."""
        return self if self.kind == "any" else self.fields.get(name)

    def names(self) -> tuple[str, ...]:
        """The fields of a mapping, as they were written; none for anything else."""
        return tuple(self.fields)


def at(path: Trail) -> str:
    """A path as people write it: `lines[0].number`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def came(value: object) -> str:
    """What sort of thing this is, for messages that must not show it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "a yes or no"
        case str():
            return f"a text of {len(value)} characters" if value else "an empty text"
        case int() | float() | Decimal():
            return "a number"
        case Mapping():
            return "a mapping"
        case list() | tuple():
            return f"a list of {len(value)}"
        case _:
            return f"a {type(value).__name__}"


def decimal(value: object) -> Decimal:
    """A finite number below LARGEST, a text of one included. Raises ValueError."""
    text = value.strip() if isinstance(value, str) else ""
    match value:
        case str() if DECIMAL.fullmatch(text):
            read = Decimal(text)
        case float() if math.isfinite(value):
            read = Decimal(str(value))
        case int() | Decimal() if not isinstance(value, bool):
            read = Decimal(value)
        case _:
            raise ValueError("a number")
    if not read.is_finite() or abs(read) >= LARGEST:
        raise ValueError(f"a number below {LARGEST:.0e}")
    return read


def _parse(plain: Any, path: Trail) -> Shape:
    if len(path) > DEEPEST:
        raise BadShape(f"more than {DEEPEST} levels are inside each other", path[:1])
    if isinstance(plain, str):
        return _leaf(plain, path)
    if isinstance(plain, Mapping):
        return _mapping(plain, path)
    if not isinstance(plain, list | tuple):
        raise BadShape(f"a shape is one of {', '.join(KINDS)}, a mapping or a list, not {came(plain)}", path)
    if len(plain) != 1:
        raise BadShape("a list holds one shape, that of each of its items: [text]", path)
    return Shape("list", item=_parse(plain[0], (*path, 0)))


def _leaf(kind: str, path: Trail) -> Shape:
    if kind in KINDS:
        return Shape(kind)
    if kind.removesuffix("?") in KINDS:
        raise BadShape(f"the ? stands after the name: {{note?: {kind.removesuffix('?')}}}", path)
    close = difflib.get_close_matches(kind, KINDS, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else f" There are {', '.join(KINDS)}."
    raise BadShape(f"there is no kind of value {kind!r}.{hint}", path)


def _mapping(plain: Mapping[Any, Any], path: Trail) -> Shape:
    if not plain:
        raise BadShape("a mapping needs at least one name", path)
    fields: dict[str, Shape] = {}
    for written, inner in plain.items():
        if not isinstance(written, str) or not NAME.fullmatch(written):
            raise BadShape(f"{written!r} cannot be a name; a letter begins one, letters, digits and _ follow", path)
        name = written.removesuffix("?")
        if name in fields:
            raise BadShape(f"{name!r} is written twice, once with a ?", path)
        fields[name] = _parse(inner, (*path, written))
    return Shape("mapping", fields, frozenset(name for name in fields if f"{name}?" in plain))


def _fit(shape: Shape, value: Any, path: Trail) -> Any:
    if shape.fields:
        if not isinstance(value, Mapping):
            raise WrongShape(path, "a mapping", value)
        return {
            name: None
            if name in shape.optional and value.get(name) is None
            else _fit(inner, value.get(name), (*path, name))
            for name, inner in shape.fields.items()
        }
    if shape.item is not None:
        if not isinstance(value, list | tuple):
            raise WrongShape(path, "a list", value)
        return [_fit(shape.item, one, (*path, index)) for index, one in enumerate(value)]
    try:
        return _READERS[shape.kind](value)
    except ValueError as wanted:
        raise WrongShape(path, str(wanted), value) from None


# --- leaves: each reader raises ValueError with what would have been right --------------------------------


def _number(value: object, places: str = "0.000000001") -> int | float:
    rounded = decimal(value).quantize(Decimal(places), ROUND_HALF_UP)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _money(value: object) -> int | float:
    return _number(value, "0.0001")


def _count(value: object) -> int:
    read = decimal(value)
    if read < 0 or read != read.to_integral_value():
        raise ValueError("a whole number, 0 or more")
    return int(read)


def _text(value: object) -> str:
    """JSON may escape half of a sign, and no database takes a NUL: neither can be kept."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\x00", "")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    raise ValueError("a text")


def _date(value: object) -> str:
    if isinstance(value, date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, str) and (moment := _moment(value.strip())):
        return moment.date().isoformat()
    raise ValueError("a date like 2026-11-22")


def _time(value: object) -> str:
    moment = value if isinstance(value, datetime) else None
    if isinstance(value, str) and len(value.strip()) > len("2026-11-22"):
        moment = _moment(value.strip())
    if moment is None:
        raise ValueError("a date and time like 2026-11-22T15:30:00")
    return moment.isoformat(timespec="seconds")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if DAY.match(text) else None
    except ValueError:
        return None


def _flag(value: object) -> bool:
    said = str(value).strip().lower() if isinstance(value, bool | str | int) else ""
    if said not in YES | NO:
        raise ValueError("true or false")
    return said in YES


def _phone(value: object) -> str:
    text = str(value).strip() if isinstance(value, str | int) else ""
    if not PHONE.fullmatch(text) or not 2 <= sum(map(str.isdecimal, text)) <= 20:
        raise ValueError("a phone number")
    return text


def _any(value: object, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise ValueError(f"at most {DEEPEST} levels deep")
    match value:
        case None | bool():
            return value
        case str():
            return _text(value)
        case int() | float() | Decimal():
            return _number(value)
        case date():
            return _time(value) if isinstance(value, datetime) else _date(value)
        case Mapping():
            return {_text(name): _any(inner, depth + 1) for name, inner in value.items()}
        case list() | tuple():
            return [_any(one, depth + 1) for one in value]
        case _:
            raise ValueError("plain data")


_READERS: Mapping[str, Callable[[object], Any]] = MappingProxyType(
    {
        "text": _text, "number": _number, "count": _count, "money": _money, "date": _date,
        "time": _time, "flag": _flag, "phone": _phone, "any": _any,
    }
)  # fmt: skip
KINDS = tuple(_READERS)
"""What a leaf of a shape can be."""
