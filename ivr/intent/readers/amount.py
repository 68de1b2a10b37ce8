"""`expect: amount`: a sum of money."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent import sums
from ivr.intent.figures import in_figures
from ivr.intent.readers.registry import NOTHING, reader
from ivr.intent.text import plain, primary

TOO_MUCH = Decimal(10) ** 12
_CENT = Decimal("0.01")
_KEYS = re.compile(r"([0-9]*)(?:\*([0-9]{0,2}))?")


@reader("amount")
def read_amount(task: Understand, today: date, region: str) -> ValueRead:
    """With two decimals: "forty two dollars fifty", 四十二块五 and the keys 42*50 are `42.50`. Two sums are none."""
    if task.by == "keys":
        amount = _pressed(task.text)
    else:
        tongue = primary(task.language)
        figures = in_figures(plain(task.text), tongue)
        amount = sums.chinese(figures) if tongue == "zh" else sums.western(figures)
    if amount is None or amount >= TOO_MUCH:
        return NOTHING
    return ValueRead(str(amount.quantize(_CENT, ROUND_HALF_UP)))


def _pressed(keys: str) -> Decimal | None:
    """The star is the decimal point: 42*5 is 42.50, *50 is fifty cents."""
    match = _KEYS.fullmatch(keys)
    if not match or not keys.strip("*"):
        return None
    whole, part = match.groups()
    return Decimal(f"{whole or 0}.{part or 0}")
