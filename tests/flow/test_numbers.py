"""What can be done with a caller's number."""

import pytest

from ivr.flow.numbers import can_be_rung, can_get_texts


@pytest.mark.parametrize("number", ["+12025550101", "+14155552671", "+8613812345678", "+821012345678", "+447400123456"])
def test_a_number_that_may_be_a_mobile_gets_texts(number: str) -> None:
    assert can_get_texts(number)
    assert can_be_rung(number)


@pytest.mark.parametrize("number", ["+442079460100", "+861087654321", "+8225551234", "+493023125000"])
def test_a_landline_can_be_rung_and_gets_no_texts(number: str) -> None:  # R7 R55
    assert can_be_rung(number)
    assert not can_get_texts(number)


@pytest.mark.parametrize("number", ["", "anonymous", "+", "+1202", "12025550101", "client:bob", "sip:bob@example.com"])
def test_what_is_no_number_can_be_neither(number: str) -> None:
    assert not can_be_rung(number)
    assert not can_get_texts(number)


def test_a_number_of_no_country_may_be_anything() -> None:
    assert can_be_rung("+99912345678")
    assert not can_get_texts("+99912345678")
