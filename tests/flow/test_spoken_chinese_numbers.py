"""Whole numbers in Mandarin: where 零 and 两 stand, and that a reader of numbers understands them."""

import cn2an
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ivr.flow.spoken.chinese_numbers import cardinal, counted, one_by_one


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"),
        (1, "一"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (22, "二十二"),
        (100, "一百"),
        (102, "一百零二"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (200, "两百"),
        (222, "两百二十二"),
        (1000, "一千"),
        (1002, "一千零二"),
        (1020, "一千零二十"),
        (1200, "一千二百"),
        (2000, "两千"),
        (2222, "两千二百二十二"),
        (10_000, "一万"),
        (10_010, "一万零一十"),
        (12_000, "一万两千"),
        (20_000, "两万"),
        (22_000, "两万两千"),
        (100_000, "十万"),
        (101_000, "十万一千"),
        (120_000, "十二万"),
        (200_000, "二十万"),
        (1_000_000, "一百万"),
        (2_000_000, "两百万"),
        (1_020_000, "一百零二万"),
        (10_000_001, "一千万零一"),
        (100_000_000, "一亿"),
        (100_001_000, "一亿零一千"),
        (105_000_000, "一亿零五百万"),
        (200_000_000, "两亿"),
        (10_000_100_010, "一百亿零一十万零一十"),
        (10**12, "一万亿"),
        (10**12 + 1000, "一万亿零一千"),
        (1_234_500_000_000, "一万两千三百四十五亿"),
    ],
)
def test_as_it_is_said(number: int, said: str):
    assert cardinal(number) == said


def test_two_of_something():
    assert [counted(number) for number in (1, 2, 3, 12)] == ["一", "两", "三", "十二"]


def test_signs_one_by_one():
    assert one_by_one("AB102") == "A B 一零二"


@given(st.integers(0, 10**15 - 1))
@example(100_001_000)
def test_a_reader_of_numbers_understands_every_one(number: int):
    assert cn2an.cn2an(cardinal(number), "smart") == number


@given(st.integers(0, 10**15 - 1))
def test_noughts_stand_alone_and_inside(number: int):
    said = cardinal(number)
    assert "零零" not in said
    assert said == "零" or not said.startswith("零")
    assert said == "零" or not said.endswith("零")
    assert "零万" not in said
    assert "零亿" not in said
