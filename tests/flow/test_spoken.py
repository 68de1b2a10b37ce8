"""How values are said, aloud and in writing."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError

from ivr.flow.spoken import VOICES, filters
from ivr.flow.spoken.voice import Voice

PLACES = {
    "en": {"currency": "USD", "region": "US", "timezone": "America/New_York"},
    "zh": {"currency": "CNY", "region": "CN", "timezone": "Asia/Shanghai"},
    "de": {"currency": "EUR", "region": "DE", "timezone": "Europe/Berlin"},
}


def say(language: str, medium: Any, name: str, *given: Any, **place: str) -> str:
    return filters(language, medium, **(PLACES[language] | place))[name](*given)


@pytest.mark.parametrize(
    ("amount", "en", "zh", "en_text", "zh_text"),
    [
        (0, "0 dollars", "零元", "$0.00", "¥0.00"),
        (0.01, "1 cent", "一分", "$0.01", "¥0.01"),
        (0.02, "2 cents", "两分", "$0.02", "¥0.02"),
        (0.20, "20 cents", "两角", "$0.20", "¥0.20"),
        (1, "1 dollar", "一元", "$1.00", "¥1.00"),
        (2, "2 dollars", "两元", "$2.00", "¥2.00"),
        (2.22, "2 dollars and 22 cents", "两元二角二分", "$2.22", "¥2.22"),
        (-5, "minus 5 dollars", "负五元", "-$5.00", "-¥5.00"),
        (10, "10 dollars", "十元", "$10.00", "¥10.00"),
        (42.5, "42 dollars and 50 cents", "四十二元五角", "$42.50", "¥42.50"),
        ("42.05", "42 dollars and 5 cents", "四十二元零五分", "$42.05", "¥42.05"),
        (1.005, "1 dollar and 1 cent", "一元零一分", "$1.01", "¥1.01"),
        (-0.004, "0 dollars", "零元", "$0.00", "¥0.00"),
        (1999, "1,999 dollars", "一千九百九十九元", "$1,999.00", "¥1,999.00"),
        (1_000_000, "1,000,000 dollars", "一百万元", "$1,000,000.00", "¥1,000,000.00"),
    ],
)
def test_money(amount: object, en: str, zh: str, en_text: str, zh_text: str):
    assert say("en", "voice", "money", amount) == en
    assert say("zh", "voice", "money", amount) == zh
    assert say("en", "text", "money", amount) == en_text
    assert say("zh", "text", "money", amount) == zh_text


@pytest.mark.parametrize(
    ("language", "code", "said"),
    [
        ("en", "EUR", "42 euros and 50 cents"),
        ("en", "CAD", "42 Canadian dollars and 50 cents"),
        ("en", "JPY", "43 Japanese yen"),
        ("en", "CHF", "42 point 5 Swiss francs"),
        ("zh", "USD", "四十二点五美元"),
        ("zh", "JPY", "四十三日元"),
        ("zh", "TWD", "新台币四十二元五角"),
    ],
)
def test_money_of_other_countries_is_told_by_its_name(language: str, code: str, said: str):
    assert say(language, "voice", "money", 42.5, code) == said


def test_one_and_two_of_other_money():
    assert say("en", "voice", "money", 1, "CHF") == "1 Swiss franc"
    assert say("zh", "voice", "money", 2, "USD") == "两美元"
    assert say("en", "voice", "money", 1, region="CA") == "1 US dollar"
    assert say("en", "voice", "money", 0.01, "GBP", region="GB") == "1 penny"


@pytest.mark.parametrize(
    ("value", "en", "zh", "text"),
    [
        (0, "0", "零", "0"),
        (2, "2", "二", "2"),
        (-3.14, "minus 3 point 1 4", "负三点一四", "-3.14"),
        (0.5, "0 point 5", "零点五", "0.5"),
        (1 / 3, "0 point 3 3 3", "零点三三三", "0.333"),
        (2026, "2,026", "两千零二十六", "2,026"),
        ("1000000", "1,000,000", "一百万", "1,000,000"),
    ],
)
def test_number(value: object, en: str, zh: str, text: str):
    assert say("en", "voice", "number", value) == en
    assert say("zh", "voice", "number", value) == zh
    assert say("en", "text", "number", value) == text


def test_a_number_with_fewer_decimals_is_rounded_half_up():
    assert say("en", "voice", "number", 2.25, 1) == "2 point 3"
    assert say("en", "text", "number", 2.5, 0) == "3"


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (0, "0 bills", "零张"),
        (1, "1 bill", "一张"),
        (2, "2 bills", "两张"),
        (12, "12 bills", "十二张"),
        (["a", "b"], "2 bills", "两张"),
        (2000, "2,000 bills", "两千张"),
    ],
)
def test_count(value: object, en: str, zh: str):
    assert say("en", "voice", "count", value, "bill", "bills") == en
    assert say("zh", "voice", "count", value, "张") == zh


def test_a_bare_count_goes_before_whatever_follows():
    assert say("en", "voice", "count", 2) == "2"
    assert say("zh", "voice", "count", 2) == "两"
    assert say("zh", "text", "count", 2, "张") == "2张"


@pytest.mark.parametrize(
    ("value", "style", "en", "zh", "en_text"),
    [
        ("2026-11-23", "", "Monday, November 23rd", "十一月二十三日星期一", "Nov 23, 2026"),
        ("2026-11-23", "year", "Monday, November 23rd, 2026", "二零二六年十一月二十三日星期一", "Nov 23, 2026"),
        ("2026-11-23", "short", "November 23rd", "十一月二十三日", "Nov 23"),
        ("2024-02-29", "", "Thursday, February 29th", "二月二十九日星期四", "Feb 29, 2024"),
        ("2026-10-12", "short", "October 12th", "十月十二日", "Oct 12"),
        ("2026-11-23T04:30:00", "short", "November 23rd", "十一月二十三日", "Nov 23"),
    ],
)
def test_date(value: str, style: str, en: str, zh: str, en_text: str):
    assert say("en", "voice", "date", value, style) == en
    assert say("zh", "voice", "date", value, style) == zh
    assert say("en", "text", "date", value, style) == en_text


@pytest.mark.parametrize(
    ("value", "en", "zh", "en_text"),
    [
        ("00:00", "midnight", "午夜十二点", "12:00 AM"),
        ("12:00", "noon", "中午十二点", "12:00 PM"),
        ("00:30", "12 30 AM", "凌晨零点半", "12:30 AM"),
        ("3:05", "3 oh 5 AM", "凌晨三点零五分", "3:05 AM"),
        ("12:05", "12 oh 5 PM", "中午十二点零五分", "12:05 PM"),
        ("14:00", "2 PM", "下午两点", "2:00 PM"),
        ("2026-11-22T15:30:00", "3 30 PM", "下午三点半", "3:30 PM"),
        ("2026-11-22T23:59:59", "11 59 PM", "晚上十一点五十九分", "11:59 PM"),
    ],
)
def test_time(value: str, en: str, zh: str, en_text: str):
    assert say("en", "voice", "time", value) == en
    assert say("zh", "voice", "time", value) == zh
    assert say("en", "text", "time", value) == en_text


def test_a_moment_with_an_offset_is_told_in_the_hotlines_own_time():
    assert say("en", "voice", "time", "2026-11-23T01:30:00+00:00") == "8 30 PM"
    assert say("en", "voice", "date", "2026-11-23T01:30:00Z") == "Sunday, November 22nd"
    assert say("zh", "voice", "time", "2026-11-22T20:00:00+00:00") == "凌晨四点"


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        ("T-1042", "T, 1 0 4 2", "T，一零四二"),
        (10086, "1 0 0 8 6", "一零零八六"),
        ("007", "0 0 7", "零零七"),
        ("ab 12", "A B, 1 2", "A B，一二"),
        (" 1.2 ", "1, 2", "一，二"),
    ],
)
def test_digits_one_by_one(value: object, en: str, zh: str):
    assert say("en", "voice", "digits", value) == en
    assert say("zh", "voice", "digits", value) == zh
    assert say("en", "text", "digits", value) == str(value).strip()


@pytest.mark.parametrize(
    ("value", "en", "zh", "en_text"),
    [
        ("+12025550100", "2 0 2, 5 5 5, 0 1 0 0", "加幺，二零二，五五五，零幺零零", "(202) 555-0100"),
        ("202-555-0100", "2 0 2, 5 5 5, 0 1 0 0", None, "(202) 555-0100"),
        ("+8613800138000", "plus 8 6, 1 3 8, 0 0 1 3, 8 0 0 0", "幺三八，零零幺三，八零零零", "+86 138 0013 8000"),
        ("10086", "1 0 0 8 6", "幺零零八六", "10086"),
        (911, "9 1 1", "九幺幺", "911"),
    ],
)
def test_phone(value: object, en: str, zh: str | None, en_text: str):
    assert say("en", "voice", "phone", value) == en
    assert zh is None or say("zh", "voice", "phone", value) == zh
    assert say("en", "text", "phone", value) == en_text


def test_a_one_is_yi_outside_the_mainland():
    assert say("zh", "voice", "phone", "+12025550100", region="US") == "二零二，五五五，零一零零"


@pytest.mark.parametrize(
    ("seconds", "en", "zh", "en_text"),
    [
        (0, "0 seconds", "零秒", "0 sec"),
        (1, "1 second", "一秒", "1 sec"),
        (59.6, "1 minute", "一分钟", "1 min"),
        (122, "2 minutes and 2 seconds", "两分钟两秒", "2 min 2 sec"),
        (725, "12 minutes", "十二分钟", "12 min"),
        (3599, "1 hour", "一小时", "1 hr"),
        (3900, "1 hour and 5 minutes", "一小时五分钟", "1 hr 5 min"),
        (7200, "2 hours", "两小时", "2 hr"),
        (86_399, "1 day", "一天", "1 day"),
        (100_000, "1 day and 4 hours", "一天四小时", "1 day 4 hr"),
    ],
)
def test_duration(seconds: float, en: str, zh: str, en_text: str):
    assert say("en", "voice", "duration", seconds) == en
    assert say("zh", "voice", "duration", seconds) == zh
    assert say("en", "text", "duration", seconds) == en_text


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a和b"),
        (["a", 2, "c"], "a, 2 and c", "a、2和c"),
        (iter("ab"), "a and b", None),
    ],
)
def test_list(value: Any, en: str, zh: str | None):
    assert say("en", "voice", "list", value) == en
    assert zh is None or say("zh", "voice", "list", value) == zh


def test_a_list_to_choose_from():
    assert say("en", "voice", "list", ["a", "b", "c"], "or") == "a, b or c"
    assert say("zh", "voice", "list", ["a", "b", "c"], "or") == "a、b或c"


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (1, "1st", "第一"),
        (2, "2nd", "第二"),
        (3, "3rd", "第三"),
        (11, "11th", "第十一"),
        (22, "22nd", "第二十二"),
        (113, "113th", "第一百一十三"),
    ],
)
def test_ordinal(value: int, en: str, zh: str):
    assert say("en", "voice", "ordinal", value) == en
    assert say("zh", "voice", "ordinal", value) == zh


@pytest.mark.parametrize(
    ("name", "value", "voice", "text"),
    [
        ("money", 42.5, "42,50 Euro", "42,50 €"),
        ("money", 5, "5 Euro", "5,00 €"),
        ("number", -3.14, "-3,14", "-3,14"),
        ("count", 2, "2", "2"),
        ("date", "2026-11-23", "Montag, 23. November 2026", "23.11.2026"),
        ("time", "15:30", "15:30", "15:30"),
        ("digits", "T-10", "T, 1 0", "T-10"),
        ("phone", "+12025550100", "+1, 2 0 2, 5 5 5, 0 1 0 0", "+1 202-555-0100"),
        ("duration", 3900, "1 Stunde und 5 Minuten", "1 Std., 5 Min."),
        ("between", [300, 600], "5 – 10 Minuten", "5-10 Min."),
        ("list", ["a", "b"], "a und b", "a und b"),
        ("ordinal", 2, "2", "2"),
    ],
)
def test_another_language_is_said_as_babel_writes_it(name: str, value: object, voice: str, text: str):
    assert say("de", "voice", name, value) == voice
    assert say("de", "text", name, value) == text


@pytest.mark.parametrize("language", ["ko", "ja", "fr", "ar", "hi", "sw", "vi", "ru", "yue"])
@pytest.mark.parametrize("medium", ["voice", "text"])
def test_every_filter_says_something_in_any_language(language: str, medium: str):
    values = {"date": "2026-11-23", "time": "15:30", "digits": "12", "phone": "+12025550100", "list": ["a", "b", "c"]}
    values |= {"between": [300, 600]}
    for name, speak in filters(language, medium, **PLACES["en"]).items():
        said = speak(values.get(name, 3900))
        assert said
        assert "duration-" not in said


@pytest.mark.parametrize(  # R64
    ("language", "wait", "said"),
    [
        ("en", [300, 600], "between 5 and 10 minutes"),
        ("en", [290, 610], "between 4 and 11 minutes"),
        ("en", [0, 60], "less than a minute"),
        ("en", [0, 180], "up to 3 minutes"),
        ("en", [120, 120], "between 2 and 3 minutes"),
        ("zh", [120, 600], "两到十分钟"),
        ("zh", [0, 60], "不到一分钟"),
        ("zh", [0, 180], "最多三分钟"),
    ],
)
def test_a_wait_is_a_range_that_is_never_narrower_than_it_is(language: str, wait: list[int], said: str):
    assert say(language, "voice", "between", wait) == said


@pytest.mark.parametrize("wrong", [300, [600, 300], [-60, 60], [1], ["soon", "late"], None])
def test_what_is_no_range_is_not_said(wrong: object):
    with pytest.raises(ValueError, match="between"):
        say("en", "voice", "between", wrong)


def test_traditional_characters_where_they_are_read():
    place = {"currency": "TWD", "region": "TW", "timezone": "Asia/Taipei"}
    assert say("zh", "voice", "money", -2.2, **place) == "負兩元二角"
    assert say("zh", "voice", "duration", 7320, **place) == "兩小時兩分鐘"
    assert say("zh", "voice", "time", "14:00", **place) == "下午兩點"


def test_a_text_message_holds_no_sign_that_makes_it_cost_double():
    values = {"date": "2026-11-23", "time": "15:30", "digits": "T-12", "phone": "+12025550100", "list": ["a", "b"]}
    values |= {"between": [300, 600]}
    for name, speak in filters("en", "text", **PLACES["en"]).items():
        assert speak(values.get(name, 3900)).isascii(), name


NUMBERS = ("money", "number", "count", "duration", "ordinal")


@pytest.mark.parametrize("language", ["en", "zh", "de"])
@pytest.mark.parametrize("medium", ["voice", "text"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[
            (name, wrong)
            for name in NUMBERS
            for wrong in (None, "", "a lot", "1,000", float("nan"), float("inf"), True)
        ],
        *[(name, wrong) for name in NUMBERS for wrong in ({"a": 1}, b"1", "1e400", 10**20)],
        *[("count", wrong) for wrong in (-1, 1.5)],
        *[("ordinal", wrong) for wrong in (0, -1, 1.5)],
        ("duration", -1),
        *[("date", wrong) for wrong in (None, "", "soon", "2026-02-29", "20261123", 20261123, "15:30", True)],
        *[("time", wrong) for wrong in (None, "", "late", "25:00", "2026-11-23", 15, "2026-11-23T15:61:00")],
        *[("digits", wrong) for wrong in (None, "", "-", -5, 1.5, float("nan"), True, "a*b", "<b>", "1" * 65, "四")],
        *[("phone", wrong) for wrong in (None, "", "anonymous", "client:bob", "+", "1", 1.5, True)],
        *[("list", wrong) for wrong in (None, [], "abc", {"a": 1}, 3, [None], [True], [["a"]], float("nan"))],
    ],
)
def test_what_cannot_be_said_is_told_by_the_filters_name_and_not_shown(
    language: str, medium: str, name: str, value: object
):
    with pytest.raises(ValueError, match=f"^{name} needs .* came$") as wrong:
        say(language, medium, name, value)
    if isinstance(value, str) and len(value) > 3:
        assert value not in str(wrong.value)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("money", (5, "XXY"), "no such currency"),
        ("money", (5, 7), "no such currency"),
        ("number", (5, 20), "how many decimals"),
        ("number", (5, "two"), "how many decimals"),
        ("date", ("2026-11-23", "long"), "'year' or 'short'"),
        ("list", (["a"], "nor"), "'and' or 'or'"),
    ],
)
def test_a_filter_used_wrong_says_how_it_is_used(name: str, given: tuple[Any, ...], told: str):
    with pytest.raises(ValueError, match=re.escape(told)):
        say("en", "voice", name, *given)


@pytest.mark.parametrize(
    ("language", "place", "told"),
    [
        ("xx", {}, "there is no language 'xx'"),
        ("", {}, "there is no language ''"),
        ("english", {}, "there is no language 'english'"),
        ("en", {"currency": "DOL"}, "there is no such currency"),
        ("en", {"region": "XX"}, "there is no region 'XX'"),
        ("en", {"region": "ZZ"}, "there is no region 'ZZ'"),
        ("en", {"region": "001"}, "there is no region '001'"),
        ("en", {"timezone": "Mars/Olympus"}, "there is no time zone 'Mars/Olympus'"),
        ("en", {"timezone": "../etc"}, "there is no time zone"),
        ("en", {"timezone": "Europe"}, "there is no time zone"),
    ],
)
def test_a_place_nobody_knows_is_told(language: str, place: dict[str, str], told: str):
    with pytest.raises(ValueError, match=re.escape(told)):
        filters(language, "voice", **(PLACES["en"] | place))


def test_the_filters_work_where_words_are_written():
    words = Environment(undefined=StrictUndefined)
    words.filters.update(filters("en", "voice", **PLACES["en"]))
    said = words.from_string(
        "{{ n | count('line', 'lines') }}: {{ lines | map(attribute='number') | list }}, {{ sum | money }}"
    )
    assert (
        said.render(n=2, lines=[{"number": "A"}, {"number": "B"}], sum=1.5) == "2 lines: A and B, 1 dollar and 50 cents"
    )
    for name in filters("en", "voice", **PLACES["en"]):
        with pytest.raises(UndefinedError, match="balance"):
            words.from_string("{{ balance | " + name + " }}").render()


@given(st.decimals(-(10**14), 10**14, allow_nan=False, allow_infinity=False))
def test_no_symbol_is_left_to_the_voice(amount: Any):
    for name in ("money", "number"):
        assert re.fullmatch(r"[a-z0-9, ]+", say("en", "voice", name, amount))
        assert re.fullmatch(r"[一-鿿]+", say("zh", "voice", name, amount))


def test_three_languages_are_spoken_by_heart():
    assert set(VOICES) == {"en", "zh", "ko"}
    assert all(issubclass(voice, Voice) for voice in VOICES.values())
