"""Digits, sums of money and telephone numbers, spoken and pressed."""

import pytest

from ivr.intent.readers.phone import ODD


@pytest.mark.parametrize(
    ("language", "said", "digits"),
    [
        ("en", "one two double oh five", "12005"),
        ("en", "it's one two zero zero five", "12005"),
        ("en", "4 2 0 0.", "4200"),
        ("en", "420-0", "4200"),
        ("en", "My number is 12,005", "12005"),
        ("en", "four twenty one", "421"),
        ("en", "forty two hundred", "4200"),
        ("en", "three four to zero", "3420"),
        ("en", "triple seven double 0 5", "777005"),
        ("en", "oh hi it's 4200", "4200"),
        ("en", "oh four two", "042"),
        ("zh", "四二零零", "4200"),
        ("zh", "我的号码是幺 二 〇", "120"),
        ("zh", "四千二百", "4200"),
        ("zh", "四二两个零", "4200"),
        ("zh", "三个八", "888"),
        ("zh", "等一下，四二", "42"),
        ("zh", "４２００", "4200"),
        ("ko", "사 이 공 공", "4200"),
        ("ko", "제 번호는 사이공공입니다", "4200"),
        ("ko", "사천이백", "4200"),
        ("ko", "하나 둘 셋", "123"),
        ("ko", "공일공에 일이삼사에 오육칠팔", "01012345678"),
        ("ko", "공일공 다시 이이이이 다시 삼삼삼삼이요", "01022223333"),
        ("ko", "열둘이요", "12"),
        ("fr", "quatre deux zéro zéro", "4200"),
        ("sw", "ni 4 2 0 0 tu", "4200"),
    ],
)
def test_digits_are_read_out(reads, language, said, digits) -> None:
    assert reads("digits", said, language).value == digits


@pytest.mark.parametrize(
    ("language", "said"), [("en", "I don't know"), ("zh", "我不知道"), ("ko", "몰라요"), ("en", "")]
)
def test_no_digits_are_none(reads, language, said) -> None:
    assert reads("digits", said, language).value is None


@pytest.mark.parametrize(("keys", "digits"), [("0042", "0042"), ("", None), ("4*2", None), ("4#", None), ("٤٢", None)])
def test_keys_are_digits_unless_a_star_slipped_in(reads, keys, digits) -> None:
    assert reads("digits", keys, by="keys").value == digits


@pytest.mark.parametrize(
    ("language", "said", "amount"),
    [
        ("en", "forty two dollars fifty", "42.50"),
        ("en", "forty two fifty", "42.50"),
        ("en", "I want to pay forty two dollars and fifty cents please", "42.50"),
        ("en", "$42.50", "42.50"),
        ("en", "a hundred and five dollars", "105.00"),
        ("en", "twelve point five", "12.50"),
        ("en", "four dollars and five cents", "4.05"),
        ("en", "seventeen pounds oh five", "17.05"),
        ("en", "a dollar fifty", "1.50"),
        ("en", "fifty cents", "0.50"),
        ("en", "1,200.5", "1200.50"),
        ("en", "zero", "0.00"),
        ("zh", "四十二块五", "42.50"),
        ("zh", "四十二块五毛六", "42.56"),
        ("zh", "三块零五分", "3.05"),
        ("zh", "三块零五", "3.05"),
        ("zh", "一百二", "120.00"),
        ("zh", "一千二百块钱", "1200.00"),
        ("zh", "五毛", "0.50"),
        ("zh", "¥42.50", "42.50"),
        ("zh", "三万", "30000.00"),
        ("ko", "오만 삼천 원", "53000.00"),
        ("ko", "오만삼천원이요", "53000.00"),
        ("ko", "이십일 원", "21.00"),
        ("ko", "삼만 오천 육백이십일 원", "35621.00"),
        ("ko", "이십일만 원입니다", "210000.00"),
        ("ko", "일억 이천만 원", "120000000.00"),
        ("ko", "오 달러 오십 센트", "5.50"),
        ("de", "42,50 euro", "42.50"),
    ],
)
def test_a_sum_of_money_is_said(reads, language, said, amount) -> None:
    assert reads("amount", said, language).value == amount


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "between ten and twenty dollars"),
        ("en", "four five"),
        ("en", "nothing"),
        ("en", "9" * 40),
        ("zh", "十块到二十块"),
        ("zh", "百分之五"),
        ("zh", "不知道"),
        ("ko", "만 원에서 이만 원"),
        ("ko", "모르겠어요"),
    ],
)
def test_what_is_no_one_sum_is_none(reads, language, said) -> None:
    assert reads("amount", said, language).value is None


@pytest.mark.parametrize(
    ("keys", "amount"),
    [
        ("42*50", "42.50"),
        ("42*5", "42.50"),
        ("42", "42.00"),
        ("42*", "42.00"),
        ("*50", "0.50"),
        ("*", None),
        ("4*2*1", None),
        ("42*505", None),
        ("42#", None),
        ("", None),
    ],
)
def test_the_star_is_the_decimal_point(reads, keys, amount) -> None:
    assert reads("amount", keys, by="keys").value == amount


@pytest.mark.parametrize(
    ("language", "region", "said", "number"),
    [
        ("en", "US", "two oh two five five five oh one double oh", "+12025550100"),
        ("en", "US", "My number is 202-555-0100.", "+12025550100"),
        ("en", "GB", "plus one two oh two five five five oh one oh oh", "+12025550100"),
        ("en", "us", "+44 20 7946 0958", "+442079460958"),
        ("en", "GB", "020 7946 0958", "+442079460958"),
        ("zh", "CN", "幺三八幺二三四五六七八", "+8613812345678"),
        ("zh", "US", "加八六幺三八幺二三四五六七八", "+8613812345678"),
        ("en", "US", "12", None),
        ("en", "US", "call me", None),
        ("en", "", "2025550100", None),
    ],
)
def test_a_phone_number_is_said(reads, language, region, said, number) -> None:
    assert reads("phone", said, language, region=region).value == number


@pytest.mark.parametrize(
    ("keys", "number"),
    [("2025550100", "+12025550100"), ("011442079460958", "+442079460958"), ("20*2", None), ("", None)],
)
def test_a_phone_number_is_pressed(reads, keys, number) -> None:
    assert reads("phone", keys, by="keys").value == number


def test_a_number_of_no_known_range_is_less_sure(reads) -> None:
    assert reads("phone", "2025550100", by="keys").confidence == 1.0
    assert reads("phone", "1111111111", by="keys").confidence == ODD


@pytest.mark.parametrize("expect", ["digits", "amount", "phone", "date", "choice", "yes_no", "text"])
def test_ten_thousand_characters_are_cut(reads, expect) -> None:
    reads(expect, "four two " * 1200, among={"one": ("four five",)})
    assert len(str(reads("digits", "four two " * 1200).value)) < 500


def test_text_is_kept_as_it_came(reads) -> None:
    assert reads("text", "  My name is  O'Neill. ").value == "My name is O'Neill."
    assert reads("text", "   ").value is None
