"""Where and in which language we speak."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies, is_currency


@dataclass(frozen=True, slots=True)
class Place:
    locale: Locale
    currency: str
    """ISO 4217, for amounts that name no other."""
    region: str
    """ISO 3166: whose phone numbers are at home, and whose money needs no name of its country."""
    zone: ZoneInfo
    """Times that carry an offset are told in this zone."""

    @classmethod
    def of(cls, language: str, *, currency: str, region: str, timezone: str) -> Place:
        """Raises ValueError with a sentence."""
        try:
            zone = ZoneInfo(timezone)
        except (OSError, KeyError, ValueError):  # a name with a / too many may be a folder
            raise ValueError(f"there is no time zone {timezone!r}; there is for example Europe/Berlin") from None
        if region not in Locale("en").territories or region not in phonenumbers.SUPPORTED_REGIONS:
            raise ValueError(f"there is no region {region!r}; it is two capital letters, for example US")
        return cls(_locale(language, region), known_currency(currency), region, zone)

    def at_home(self, currency: str) -> bool:
        """Whether this is the money of the region, so that everybody knows whose dollars are meant."""
        return currency in get_territory_currencies(self.region)


def known_currency(code: str) -> str:
    """The same code; raises ValueError where there is no such currency."""
    if not isinstance(code, str) or not is_currency(code):
        raise ValueError("there is no such currency; its code is three capital letters, for example USD")
    return code


def _locale(language: str, region: str) -> Locale:
    tag = language.replace("-", "_")
    for written in (f"{tag}_{region}", tag):  # en in CN is nobody's locale, en is
        try:
            return Locale.parse(written)
        except (UnknownLocaleError, ValueError):
            continue
    raise ValueError(f"there is no language {language!r}; it is written as en or zh")
