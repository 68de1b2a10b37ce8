"""What can be done with a caller's number: whether it can be rung, and whether a text message can come there."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

DEAF_TO_TEXTS = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.VOICEMAIL,
    }
)
"""Kinds that surely get none. In North America nobody can tell a landline from a mobile by its number."""


def can_be_rung(number: str) -> bool:
    """E.164, and long enough to be no short code. What is withheld, or `sip:` and the like, is not."""
    return number.startswith("+") and number[1:].isdigit() and 8 <= len(number) - 1 <= 15


@lru_cache(maxsize=4096)  # every condition of a turn may ask it of the same caller; 27 us each otherwise
def can_get_texts(number: str) -> bool:
    """A number that can be rung and is not surely a landline."""
    if not can_be_rung(number):
        return False
    try:
        return phonenumbers.number_type(phonenumbers.parse(number)) not in DEAF_TO_TEXTS
    except NumberParseException:
        return False
