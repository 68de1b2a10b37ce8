"""How values are said in Korean: which of the two rows of numbers, and what is written out."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.flow.spoken import filters
from ivr.flow.spoken.korean_numbers import cardinal
from ivr.intent.figures import in_figures

SEOUL = {"currency": "KRW", "region": "KR", "timezone": "Asia/Seoul"}


def say(name: str, *given: Any, medium: Any = "voice", **place: str) -> str:
    return filters("ko", medium, **(SEOUL | place))[name](*given)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "영"),
        (10, "십"),
        (11, "십일"),
        (100, "백"),
        (1000, "천"),
        (1010, "천십"),
        (10_000, "만"),
        (11_111, "만 천백십일"),
        (110_000, "십일만"),
        (42_500, "사만 이천오백"),
        (100_000_000, "일억"),
        (1_0001_0000, "일억 일만"),
        (3_0000_0020, "삼억 이십"),
    ],
)
def test_whole_numbers(number: int, said: str):
    assert cardinal(number) == said


@given(st.integers(0, 10**12))
def test_what_is_said_is_read_as_the_same_number(number: int):
    assert in_figures(cardinal(number), "ko") == str(number)


@pytest.mark.parametrize(
    ("amount", "place", "said"),
    [
        (42_500, {}, "사만 이천오백 원"),
        (-300, {}, "마이너스 삼백 원"),
        (0, {}, "영 원"),
        (42.5, {"currency": "USD"}, "사십이 달러 오십 센트"),
        (0.05, {"currency": "EUR"}, "오 센트"),
        (-2, {"currency": "USD"}, "마이너스 이 달러"),
        (1999, {"currency": "JPY"}, "천구백구십구 일본 엔화"),
    ],
)
def test_money(amount: object, place: dict[str, str], said: str):
    assert say("money", amount, **place) == said


@pytest.mark.parametrize(
    ("number", "thing", "said"),
    [
        (1, "건", "한 건"),
        (2, "명", "두 명"),
        (20, "개", "스무 개"),
        (21, "장", "스물한 장"),
        (99, "번", "아흔아홉 번"),
        (100, "명", "백 명"),
        (0, "건", "영 건"),
        (3, "층", "삼 층"),
        (5, "", "오"),
    ],
)
def test_things_are_counted_in_native_words_where_people_do_so(number: int, thing: str, said: str):
    assert say("count", number, thing) == said


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("number", (-3.14,), "마이너스 삼 점 일 사"),
        ("date", ("2026-11-23",), "십일월 이십삼일 월요일"),
        ("date", ("2026-06-06", "short"), "유월 육일"),
        ("date", ("2026-10-01", "year"), "이천이십육년 시월 일일 목요일"),
        ("time", ("15:30",), "오후 세 시 반"),
        ("time", ("09:05",), "오전 아홉 시 오 분"),
        ("time", ("00:10",), "오전 열두 시 십 분"),
        ("time", ("12:00",), "정오"),
        ("time", ("00:00",), "자정"),
        ("digits", ("T-1042",), "T, 일 공 사 이"),
        ("phone", ("010-1234-5678",), "공 일 공, 일 이 삼 사, 오 육 칠 팔"),
        ("phone", ("+12025550100",), "플러스 일, 이 공 이, 오 오 오, 공 일 공 공"),
        ("digits", ("110123456789",), "일 일 공 일, 이 삼 사 오, 육 칠 팔 구"),
        ("duration", (3900,), "한 시간 오 분"),
        ("between", ([300, 600],), "오 분에서 십 분"),
        ("between", ([0, 120],), "이 분 이내"),
        ("duration", (2 * 86_400 + 7200,), "이 일 두 시간"),
        ("ordinal", (1,), "첫 번째"),
        ("ordinal", (21,), "스물한 번째"),
        ("ordinal", (120,), "백이십 번째"),
    ],
)
def test_other_values(name: str, given: tuple[Any, ...], said: str):
    assert say(name, *given) == said


@pytest.mark.parametrize(
    ("name", "given", "written"),
    [
        ("money", (42_500,), "₩42,500"),
        ("count", (2, "건"), "2건"),
        ("ordinal", (3,), "3번째"),
        ("phone", ("01012345678",), "010-1234-5678"),
    ],
)
def test_in_writing(name: str, given: tuple[Any, ...], written: str):
    assert say(name, *given, medium="text") == written


@given(st.decimals(-(10**14), 10**14, allow_nan=False, allow_infinity=False))
def test_no_symbol_is_left_to_the_voice(amount: Any):
    for name in ("money", "number"):
        assert re.fullmatch(r"[가-힣 ]+", say(name, amount))
