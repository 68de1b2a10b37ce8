"""Sums of money out of words whose numbers are figures already."""

from __future__ import annotations

import re
from decimal import Decimal

_WHOLE = r"dollars?|bucks?|pounds?|euros?|yuan|rmb|kuai|won|quid|rupees?|francs?|yen|[$£€¥₩]|원|달러|유로|엔"
_CENT = r"cents?\b|pence\b|p\b|센트"
_ONE = re.compile(rf"\ban? (?={_WHOLE})")
_WESTERN = re.compile(rf"(?P<number>\d+(?:\.\d+)?)\s*(?:(?P<cent>{_CENT})|(?P<whole>{_WHOLE}))?")
_JOINED = re.compile(r"[\s,]*(?:and)?\s*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d\d?(?!\d))")

_CHINESE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>[块元圆毛角分])?(?:钱|整)?")
_FEN = {"块": 100, "元": 100, "圆": 100, "毛": 10, "角": 10, "分": 1}


def western(said: str) -> Decimal | None:
    """ "42 dollars 50", "42 50", "42.50", "50 cents"; of "4 dollars 5" the 5 is cents. More numbers are no sum."""
    said = _DECIMAL_COMMA.sub(".", _THOUSANDS.sub("", _ONE.sub("1 ", said)))
    found = list(_WESTERN.finditer(said))
    if len(found) == 1:
        number = Decimal(found[0]["number"])
        return number / 100 if found[0]["cent"] else number
    if len(found) != 2 or not _JOINED.fullmatch(said, found[0].end(), found[1].start()):
        return None
    dollars, cents = found
    named = bool(dollars["whole"] or cents["cent"])
    small = cents["number"].isdecimal() and (len(cents["number"]) == 2 or (named and len(cents["number"]) == 1))
    if not small or not dollars["number"].isdecimal() or dollars["cent"] or cents["whole"]:
        return None
    return Decimal(dollars["number"]) + Decimal(cents["number"]) / 100


def chinese(said: str) -> Decimal | None:
    """42块5 is 42.50, 42块05 is 42.05, 5毛 is 0.50; units must fall. Per cent is no money."""
    if "百分之" in said or "%" in said:
        return None
    fen = Decimal(0)
    last = 1000
    end: int | None = None
    for match in _CHINESE.finditer(_THOUSANDS.sub("", said)):
        number = match["number"]
        unit = _FEN.get(match["unit"] or "") or (100 if end is None else _unnamed(last, number))
        if not 0 < unit < last or (end is not None and match.start() != end):
            return None
        fen += Decimal(number) * unit
        last, end = unit, match.end()
    return None if end is None else fen / 100


def _unnamed(last: int, number: str) -> int:
    """The unit of a number that names none: the next one down, or fen where it has two digits. 0: makes no sense."""
    if len(number) == 2:
        return 1 if last == 100 else 0
    return last // 10 if len(number) == 1 else 0
