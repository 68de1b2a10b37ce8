"""How values are said: `{{ balance.amount | money }}`, per language, aloud or in writing.

| filter | takes | aloud, en | aloud, zh | aloud, ko | in writing, en |
|---|---|---|---|---|---|
| `money` | number; `money('EUR')` | 42 dollars and 50 cents | 四十二元五角 | 사만 이천오백 원 | $42.50 |
| `number` | number; `number(1)`: decimals at most | minus 3 point 1 4 | 负三点一四 | 마이너스 삼 점 일 사 | -3.14 |
| `count` | whole number or list; `count('bill', 'bills')`, `count('张')` | 2 bills | 两张 | 두 장 | 2 bills |
| `date` | ISO date; `('year')`, `('short')` | Monday, July 6th | 七月六日星期一 | 칠월 육일 월요일 | Jul 6, 2026 |
| `time` | ISO time, `15:30` | 3 30 PM | 下午三点半 | 오후 세 시 반 | 3:30 PM |
| `digits` | digits, letters, `-` | T, 1 0 4 2 | T，一零四二 | T, 일 공 사 이 | T-1042 |
| `phone` | phone number | 2 0 2, 5 5 5 | 二零二，五五五 | 이 공 이, 오 오 오 | (202) 555-0100 |
| `duration` | seconds | 1 hour and 5 minutes | 一小时五分钟 | 한 시간 오 분 | 1 hr 5 min |
| `between` | two numbers of seconds | between 5 and 10 minutes | 五到十分钟 | 오 분에서 십 분 | 5-10 min |
| `list` | list; `list('or')` | a, b and c | a、b和c | a, b 및 c | a, b and c |
| `ordinal` | whole number from 1 | 3rd | 第三 | 세 번째 | 3rd |

Aloud, no sign is left to the voice that one engine reads and another does not. Other languages than these are
said as Babel writes them out. A value that cannot be said raises ValueError, which never shows the value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from ivr.flow.spoken.chinese import ChineseVoice
from ivr.flow.spoken.english import EnglishVoice
from ivr.flow.spoken.korean import KoreanVoice
from ivr.flow.spoken.place import Place
from ivr.flow.spoken.voice import Voice
from ivr.flow.spoken.written import Written

VOICES: Mapping[str, type[Voice]] = MappingProxyType({"en": EnglishVoice, "zh": ChineseVoice, "ko": KoreanVoice})
"""Language → who speaks it best; Voice itself speaks the rest."""


def filters(
    language: str, medium: Literal["voice", "text"], *, currency: str, region: str, timezone: str
) -> dict[str, Callable[..., str]]:
    """The speaking filters by name. Raises ValueError for a language, currency, region or time zone nobody knows."""
    place = Place.of(language, currency=currency, region=region, timezone=timezone)
    says = Written(place) if medium == "text" else VOICES.get(place.locale.language, Voice)(place)
    return {
        "money": says.money,
        "number": says.number,
        "count": says.count,
        "date": says.date,
        "time": says.time,
        "digits": says.digits,
        "phone": says.phone,
        "duration": says.duration,
        "between": says.between,
        "list": says.series,
        "ordinal": says.ordinal,
    }
