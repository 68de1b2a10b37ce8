"""The chapter of speaking filters, with what they really say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ivr.flow.manual.markdown import code, listed, table
from ivr.flow.sandbox import ALLOWED_FILTERS
from ivr.flow.spoken import VOICES, filters

OTHER = "de"
"""Stands for the languages without a voice of their own."""
LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "Mandarin", "ko": "Korean", OTHER: "German"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A filter at work."""

    value: Any
    arguments: tuple[Any, ...] = ()
    own: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Arguments that are words of one language."""

    def written(self, name: str) -> str:
        said = ", ".join(repr(one) for one in self.arguments)
        return f"{self.value!r} | {name}" + (f"({said})" if said else "")


SAMPLES: Mapping[str, tuple[Sample, ...]] = {
    "money": (Sample(42.5), Sample(42.5, ("CNY",))),
    "number": (Sample(-3.14159), Sample(-3.14159, (1,))),
    "count": (Sample(2, ("bill", "bills"), {"zh": ("张账单",), "ko": ("건",), OTHER: ("Rechnung", "Rechnungen")}),),
    "date": (Sample("2026-11-23"), Sample("2026-11-23", ("year",)), Sample("2026-11-23", ("short",))),
    "time": (Sample("15:30"),),
    "digits": (Sample("T-1042"),),
    "phone": (Sample("+12025550100"),),
    "duration": (Sample(3900),),
    "between": (Sample([300, 600]), Sample([0, 120])),
    "list": (Sample(["A", "B", "C"]), Sample(["A", "B", "C"], ("or",))),
    "ordinal": (Sample(3),),
}

OPENING = """
## Filters: how values are said

In words, `{{{{ balance.amount | money }}}}` says an amount as people say it, in the language that is spoken: aloud
where it is said, in writing where it goes out as a text message. Here for a hotline in the United States; {languages}
have voices of their own, other languages are said as {other} is here.

Aloud:

{aloud}

In writing:

{written}

In words, values and conditions there are these besides, which work on plain values: {plain}.
"""


def filters_chapter() -> str:
    own = [LANGUAGES[code] for code in VOICES]
    return OPENING.format(
        languages=listed(own, "and"),
        other=LANGUAGES[OTHER],
        aloud=_told("voice"),
        written=_told("text"),
        plain=", ".join(code(name) for name in sorted(ALLOWED_FILTERS - SAMPLES.keys())),
    ).strip()


def _told(medium: Literal["voice", "text"]) -> str:
    place = {"currency": "USD", "region": "US", "timezone": "America/New_York"}
    speaking = {language: filters(language, medium, **place) for language in LANGUAGES}
    rows = [
        [code(sample.written(name))]
        + [one[name](sample.value, *sample.own.get(language, sample.arguments)) for language, one in speaking.items()]
        for name in speaking["en"]
        for sample in SAMPLES[name]
    ]
    return table(["written", *LANGUAGES.values()], rows)
