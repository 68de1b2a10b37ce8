"""Chinese numbers as they are said on the phone: 四二零零, 四千二, 三个八, 幺."""

from __future__ import annotations

import re

_FIGURE = {**dict(zip("零〇一二三四五六七八九", "00123456789", strict=True)), "幺": "1", "两": "2"}
_UNITS = "十百千万亿"
_NUMBER = re.compile(rf"[{''.join(_FIGURE)}{_UNITS}\d]+(?:[点.][{''.join(_FIGURE)}\d]+)?")
_REPEATED = re.compile(rf"([一两二三四五六七八九2-9])个([{''.join(_FIGURE)}\d])(?![{_UNITS}个])")
_NO_NUMBER = re.compile("一下|一点儿?(?![零一二三四五六七八九])|一会儿?|万一|十分|一样|一共|一起|一定|第一|统一|千万别")
"""Everyday words with a numeral in them."""


def in_figures(text: str) -> str:
    """Numbers as figures: 三月三号 is 3月3号, 四千二 is 4200."""
    return _NUMBER.sub(lambda match: _figures(match.group()), _NO_NUMBER.sub(" ", text))


def digits(text: str) -> str:
    """Digit by digit, or as one number; 三个八 is 888."""
    spread = _REPEATED.sub(_repeat, re.sub(r"[^\w]", "", _NO_NUMBER.sub(" ", text)))
    return "".join(re.findall(r"[0-9]", _NUMBER.sub(lambda match: _figures(match.group()), spread)))


def _repeat(match: re.Match[str]) -> str:
    times, figure = (_FIGURE.get(one, one) for one in match.groups())
    return figure * int(times)


def _figures(number: str) -> str:
    if number.replace(".", "", 1).isdecimal() and number.isascii():
        return number
    if not any(unit in number for unit in _UNITS):
        return "".join(_FIGURE.get(one, "." if one == "点" else one) for one in number)
    from cn2an import cn2an  # takes 0.2 s to import, and only Chinese callers need it

    try:
        value = cn2an(number, "smart")
    except ValueError:  # no number anybody says, such as 十百
        return number
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(int(value))
