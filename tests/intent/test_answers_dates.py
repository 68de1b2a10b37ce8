"""Days, as they are said and pressed on Wednesday, 25 November 2026."""

import pytest

ENGLISH = {
    "today": "2026-11-25",
    "tomorrow at half past three": "2026-11-26",
    "the day after tomorrow": "2026-11-27",
    "day before yesterday": "2026-11-23",
    "friday": "2026-11-27",
    "this friday": "2026-11-27",
    "Next Friday.": "2026-12-04",
    "wednesday": "2026-12-02",
    "uh I think it was last Tuesday": "2026-11-24",
    "monday week": "2026-12-07",
    "a week on monday": "2026-12-07",
    "a week from today": "2026-12-02",
    "a week tomorrow": "2026-12-03",
    "in three days": "2026-11-28",
    "in a couple of days": "2026-11-27",
    "in two weeks": "2026-12-09",
    "a month from now": "2026-12-25",
    "three days ago": "2026-11-22",
    "the third of march": "2027-03-03",
    "march the third": "2027-03-03",
    "friday the third of march": "2027-03-03",
    "twenty fifth of december": "2026-12-25",
    "december twenty fifth": "2026-12-25",
    "november third": "2026-11-03",
    "sept 5th": "2027-09-05",
    "march 3, 2027": "2027-03-03",
    "on the first of april twenty twenty seven": "2027-04-01",
    "april first two thousand and twenty seven": "2027-04-01",
    "seventh of june nineteen eighty four": "1984-06-07",
    "december fifth nineteen oh five": "1905-12-05",
    "fifth december eighty four": "1984-12-05",
    "february 29th": "2028-02-29",
    "the twenty first": "2026-12-21",
    "the 30th": "2026-11-30",
    "the twenty-first of next month": "2026-12-21",
    "12/25/2026": "2026-12-25",
    "2026-12-25": "2026-12-25",
    "monday or tuesday": None,
    "31st of february": None,
    "29 february 2027": None,
    "may I speak to someone": None,
    "I don't know": None,
    "": None,
}
CHINESE = {
    "今天": "2026-11-25",
    "明天下午三点": "2026-11-26",
    "后天": "2026-11-27",
    "大后天": "2026-11-28",
    "前天": "2026-11-23",
    "大前天": "2026-11-22",
    "周五": "2026-11-27",
    "下周五": "2026-12-04",
    "下週五": "2026-12-04",
    "下个星期三": "2026-12-02",
    "下下周一": "2026-12-07",
    "上周五": "2026-11-20",
    "星期天": "2026-11-29",
    "礼拜一": "2026-11-30",
    "三月三号": "2027-03-03",
    "三 月 三 号": "2027-03-03",
    "3月3日": "2027-03-03",
    "十二月二十五": "2026-12-25",
    "十一月三号": "2026-11-03",
    "二零二七年三月三号": "2027-03-03",
    "一九八四年六月七号": "1984-06-07",
    "明年三月三日": "2027-03-03",
    "去年十二月二十五号": "2025-12-25",
    "三天后": "2026-11-28",
    "三天前": "2026-11-22",
    "再过两天": "2026-11-27",
    "两周以后": "2026-12-09",
    "一个月后": "2026-12-25",
    "十五号": "2026-12-15",
    "三十一号": "2026-12-31",
    "下个月五号": "2026-12-05",
    "上个月十号": "2026-10-10",
    "周一或者周二": None,
    "二月三十号": None,
    "农历三月三": None,
    "不知道": None,
}
KOREAN = {
    "내일": "2026-11-26",
    "모레": "2026-11-27",
    "어제": "2026-11-24",
    "금요일": "2026-11-27",
    "이번 주 금요일": "2026-11-27",
    "다음 주 금요일": "2026-12-04",
    "삼월 삼일": "2027-03-03",
    "3월 3일": "2027-03-03",
    "이천이십칠년 삼월 삼일": "2027-03-03",
    "삼일 후": "2026-11-28",
    "다음 달 오일": "2026-12-05",
    "십이월이십일일이요": "2026-12-21",
    "유월 육일": "2027-06-06",
    "시월 십일": "2026-10-10",
    "이틀 뒤": "2026-11-27",
    "보름 후": "2026-12-10",
    "구십일 후": "2027-02-23",
    "모르겠어요": None,
}


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        (language, said, day)
        for language, days in (("en", ENGLISH), ("zh", CHINESE), ("ko", KOREAN))
        for said, day in days.items()
    ],
)
def test_a_day_is_said(reads, language, said, day) -> None:
    assert reads("date", said, language).value == day


def test_next_friday_is_worth_asking_back(reads) -> None:
    assert reads("date", "next friday").confidence < 1.0
    assert reads("date", "next wednesday").confidence == 1.0


@pytest.mark.parametrize(
    ("language", "region", "keys", "day"),
    [
        ("en", "US", "12252026", "2026-12-25"),
        ("en", "GB", "25122026", "2026-12-25"),
        ("en-GB", "", "03042027", "2027-04-03"),
        ("en-US", "", "03042027", "2027-03-04"),
        ("zh", "CN", "20270403", "2027-04-03"),
        ("zh", "US", "0403", "2027-04-03"),
        ("en", "US", "1225", "2026-12-25"),
        ("en", "GB", "2512", "2026-12-25"),
        ("en", "US", "122526", "2026-12-25"),
        ("en", "US", "12*25*2026", "2026-12-25"),
        ("en", "US", "3*3", "2027-03-03"),
        ("en", "US", "25122026", "2026-12-25"),
        ("en", "US", "20261225", "2026-12-25"),
        ("en", "US", "13139999", None),
        ("en", "US", "99", None),
        ("en", "US", "12#25", None),
        ("en", "US", "", None),
    ],
)
def test_a_day_is_pressed_in_the_order_of_the_place(reads, language, region, keys, day) -> None:
    assert reads("date", keys, language, by="keys", region=region).value == day


@pytest.mark.parametrize(
    ("language", "region", "said", "day"),
    [
        ("en", "US", "3/4/2027", "2027-03-04"),
        ("en", "GB", "3/4/2027", "2027-04-03"),
        ("de", "DE", "am 3.4.2027", "2027-04-03"),
        ("sw", "KE", "3/4/2027", "2027-04-03"),
        ("sw", "KE", "kesho", None),
    ],
)
def test_a_day_in_figures_is_read_in_the_order_of_the_place(reads, language, region, said, day) -> None:
    assert reads("date", said, language, region=region).value == day
