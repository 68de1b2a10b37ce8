"""An option named by its place: "the second one", "number two", "the last", 第二个."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ivr.intent.figures import in_figures
from ivr.intent.text import plain, primary

_PLACE = {
    "en": re.compile(
        r"(?:(?:um|uh|er|please|the|i|want|i'd|like|take|option|number|choice|press|let's|go|with)\s+)*"
        r"(?:(?P<place>\d+)(?:st|nd|rd|th)?|(?P<last>last))(?:\s+(?:one|1|option|choice|please|thanks|thank you))*"
    ),
    "zh": re.compile(
        r"(?:嗯|呃|请|我|要|选|选择|按|就)*(?:第?(?P<place>\d+)|(?P<last>最后1?))(?:个|项|种|号|吧|谢谢|的)*"
    ),
    "ko": re.compile(
        r"(?:(?P<place>\d+)|(?P<last>마지막))\s*(?:번|번째|째)?\s*(?:거|것|요|이요|으로|로)?\s*(?:주세요|할게요)?"
    ),
}
_KOREAN = {"첫": "1", "두": "2", "세": "3", "네": "4", "다섯": "5"}


def ordinal(said: str, tongue: str, count: int) -> int | None:
    """The place from 1 in a list of `count` that a `plain` text names, where it says nothing more."""
    if tongue == "ko":
        said = re.sub("(첫|두|세|네|다섯) ?번째", lambda match: f"{_KOREAN[match[1]]}번째", said)
        said = re.sub("^이번(?=요$|이요$|$)", "2번", said)  # alone it is a number, else "this time"
    pattern = _PLACE.get(tongue, re.compile(r"(?P<place>\d+)(?P<last>(?!))?"))
    match = pattern.fullmatch(re.sub(r"[^\w\s']", " ", in_figures(said, tongue)).strip())
    if not match:
        return None
    return count if match["last"] else int(match["place"][:3])


def keyed(text: str, language: str, keys: Mapping[str, Sequence[str]]) -> str | None:
    """What a key means that is said and not pressed: "three", "press three", and no more. `keys`: meaning → keys."""
    said = ordinal(plain(text), primary(language), 0)
    return next((meaning for meaning, known in keys.items() if said and str(said) in known), None)
