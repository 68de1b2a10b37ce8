"""Every expectation has one reader."""

from typing import get_args

import pytest

from ivr.engine.asking import Expect
from ivr.intent.readers.registry import READERS, DuplicateReader, UnknownExpectation, reader


def test_every_expectation_but_intent_has_a_reader() -> None:
    assert READERS.keys() | {"intent"} == set(get_args(Expect))


def test_a_second_reader_of_an_expectation_is_told_with_both_homes() -> None:
    with pytest.raises(
        DuplicateReader, match=r"'digits' are read in both ivr\.intent\.readers\.digits and test_readers"
    ):
        reader("digits")(lambda task, today, region: READERS["text"](task, today, region))


def test_an_expectation_nobody_reads_is_told_with_those_that_are_known(reads) -> None:
    with pytest.raises(UnknownExpectation, match="nobody reads 'colour'; known are amount, choice"):
        reads("colour", "red")
