"""One class that people write, as a section: what its docstring says, its example, a table of its fields."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from ivr.flow.expressions import Condition
from ivr.flow.manual.docstrings import parts
from ivr.flow.manual.markdown import code, example, link, table
from ivr.flow.manual.takes import classes, has_many, takes
from ivr.flow.schema import sentences

HEAD = ("field", "takes", "if left out", "means")
REQUIRED = "must be there"
MARK = "\0"
"""Around the name of a class that is to become a link; nobody writes it."""
INSIDE = " in "
"""Between a field and the heading it is told of under."""
REQUIREMENT = re.compile(r" \(R\d+(, R\d+)*\)")
"""Why a field is there, which its readers need not know."""


@dataclass(slots=True)
class Reference:
    """Knows which class is told of under which heading; each is told of once, where it is first met."""

    headings: dict[type[Any], str] = field(default_factory=dict)

    def section(
        self, cls: type[Any], title: str, level: int, *, what: str = "", before: str = "", after: str = ""
    ) -> str:
        """Heading, docstring, fields, and the classes inside it.

        `what` says what its examples are, `before` is a docstring that comes first, `after` follows the fields.
        """
        self.headings[cls] = title
        lines = [f"{'#' * level} {title}"]
        for one in [*(parts(before) if before else []), *parts(cls.__doc__ or "")]:
            lines.append(example(what, one.text) if one.is_example else one.text)
        lines += [self.fields(cls), after.strip()]
        return "\n\n".join([*filter(None, lines), *self._inside(cls, title, level + 1)])

    def fields(self, cls: type[Any]) -> str:
        """The table of its fields. KeyError for one without a sentence: a designer would not know what it means."""
        told = sentences(cls)
        rows = [
            (code(name), takes(hint, self.named), _left_out(one), REQUIREMENT.sub("", told[one.name]))
            for one, name, hint in written_fields(cls)
        ]
        return table(HEAD, rows)

    def named(self, cls: type[Any]) -> str:
        """A link to where the class is told of, which may be further down: filled in at the end."""
        return f"{MARK}{cls.__module__}.{cls.__qualname__}{MARK}"

    def linked(self, text: str) -> str:
        """The text with its links to classes."""
        headings = {f"{cls.__module__}.{cls.__qualname__}": title for cls, title in self.headings.items()}

        def target(found: re.Match[str]) -> str:
            title = headings[found[1]]
            return link("lines" if INSIDE in title else title, title)

        return re.sub(f"{MARK}([^{MARK}]+){MARK}", target, text)

    def _inside(self, cls: type[Any], title: str, level: int) -> Iterator[str]:
        for _, name, hint in written_fields(cls):
            for inner in classes(hint):
                if inner not in self.headings:
                    here = f"{code(name + ':')}{INSIDE}{title}"
                    yield self.section(inner, f"Each of {here}" if has_many(hint) else here, level)


def written_fields(cls: type[Any]) -> Iterator[tuple[dataclasses.Field[Any], str, Any]]:
    """(field, the name it is written under, its type)."""
    hints = get_type_hints(cls, include_extras=True)
    for one in dataclasses.fields(cls):
        hint = hints[one.name]
        notes = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
        alias = next((note.alias for note in notes if isinstance(note, FieldInfo) and note.alias), None)
        yield one, alias or one.name, hint


def _left_out(one: dataclasses.Field[Any]) -> str:
    default = one.default
    if default is dataclasses.MISSING:
        return REQUIRED if one.default_factory is dataclasses.MISSING else ""
    match default:
        case None | ():
            return ""
        case Condition():
            return ""
        case bool():
            return code("true" if default else "false")
        case float():
            return code(f"{default:g}")
        case _:
            return code(default)
