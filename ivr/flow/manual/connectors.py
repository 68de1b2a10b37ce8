"""The chapter of business data."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.call.shape import KINDS
from ivr.flow.kit import Kit
from ivr.flow.manual.markdown import code, table
from ivr.flow.manual.reference import Reference

SHAPES: Mapping[str, str] = {
    "text": "any text",
    "number": "a number",
    "count": "a whole number, 0 or more",
    "money": "an amount; say it with `money`",
    "date": "a day; say it with `date`",
    "time": "a day and a time; say it with `date` and `time`",
    "flag": "true or false",
    "phone": "a phone number; say it with `phone`",
    "any": "whatever comes; `ivr check` cannot look inside",
}

OPENING = """
## Connectors

A connector is a place where business data comes from, declared in hotline.yaml below `connectors:`. Each has
operations; a [lookup](#lookup) step asks one of them by `connector.operation`. Of every operation one writes what it
*takes* and what it *gives*: an answer that looks otherwise takes the way `failed` and is never spoken.

{shapes}

`{{amount: money, due: date}}` is a mapping of such values, `[{{at: date, intent: text}}]` a list; a name with a `?`
may be missing, and its value is empty then: `{{"cause?": text}}`. `${{NAME}}` is read from the environment of the
server, so that no secret stands in a file.
"""


def connectors(kit: Kit, reference: Reference) -> str:
    shapes = table(("a value can be", "which is"), [(code(kind), SHAPES[kind]) for kind in KINDS])
    sections = [reference.section(cls, kind, 3, what="connector") for kind, cls in kit.connectors.items()]
    return "\n\n".join([OPENING.format(shapes=shapes).strip(), *sections])
