"""Words of answers that are the same at every hotline, per language: a small grammar where a prompt names none."""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split(","))


EN_DIGITS = _words("zero oh one two three four five six seven eight nine double triple")
EN_NUMBERS = _words(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty"
    " seventy eighty ninety hundred thousand and a"
)
EN_DATES = _words(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth of the next this"
    " last today tomorrow yesterday week month in days"
)
ZH_DIGITS = _words("零 幺 一 二 两 三 四 五 六 七 八 九")
KO_DIGITS = _words("공 영 일 이 삼 사 오 육 칠 팔 구 하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉")
KO_DAYS = _words("오늘 내일 모레 어제 다음 이번 지난 주 월요일 화요일 수요일 목요일 금요일 토요일 일요일")

SPOKEN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "yes_no": _phrases(
            "yes, yeah, yep, yes please, sure, okay, correct, that's right, of course, please do, go ahead, no, nope,"
            " no thanks, no thank you, not now, wrong, that's wrong, never mind, i don't know"
        ),
        "digits": EN_DIGITS,
        "phone": (*EN_DIGITS, "plus", "hundred"),
        "amount": (*EN_DIGITS, *EN_NUMBERS, *_words("dollar dollars cent cents pound pounds euro euros point")),
        "date": (*EN_DIGITS, *EN_NUMBERS, *EN_DATES),
    },
    "zh": {
        "yes_no": _phrases(
            "是, 是的, 对, 对的, 好, 好的, 可以, 行, 没错, 不, 不是, 不对, 不要, 不用, 不用了, 不可以, 不行, 没有, 算了"
        ),
        "digits": ZH_DIGITS,
        "phone": ZH_DIGITS,
        "amount": (*ZH_DIGITS, *_words("十 百 千 万 点 元 块 毛 角 分")),
        "date": (*ZH_DIGITS, *_words("十 年 月 日 号 今天 明天 后天 昨天 前天 星期 天 上 下 个 周 这")),
    },
    "ko": {
        "yes_no": _phrases(
            "네, 예, 응, 맞아요, 맞습니다, 좋아요, 그래요, 아니요, 아니오, 아뇨, 아닙니다, 싫어요, 됐어요, 괜찮아요"
        ),
        "digits": KO_DIGITS,
        "phone": KO_DIGITS,
        "amount": (*KO_DIGITS, *_words("십 백 천 만 원")),
        "date": (*KO_DIGITS, *_words("십 년 월"), *KO_DAYS),
    },
}
"""Language, then kind of answer. Yes and no are phrases; the others are single words that come in any order."""
