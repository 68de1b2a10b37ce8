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

BEFORE: Mapping[str, tuple[str, ...]] = {
    "en": _phrases("please, hello, hi, um, i want, i want to, i need, i'd like to, can i, can you, could you, tell me"),
    "zh": _phrases("请, 请问, 你好, 我 要, 我 想, 帮 我, 麻烦"),
}
AFTER: Mapping[str, tuple[str, ...]] = {
    "en": _phrases("please, thanks, thank you"),
    "zh": _phrases("一下, 吧, 谢谢"),
    "ko": _phrases("해주세요, 부탁해요"),
}
"""What callers say before and after a phrase, and what adds nothing to it. Few of them: in Korean, which was measured,
each further one was heard in place of a phrase's own words."""

EVERYDAY: Mapping[str, tuple[str, ...]] = {
    "en": _words(
        "people because something other think first which their there where after before water woman never little"
        " between always thought another while world school family house mother father music weather story country"
        " remember morning evening really children enough together young important example without under through"
    ),
    "zh": _words(
        "我们 他们 自己 没有 什么 这个 那个 因为 所以 但是 大家 知道 觉得 看到 出来 已经 孩子 学校 朋友 妈妈 东西 地方"
        " 天气 音乐 吃饭 喜欢 工作 国家 世界 早上 晚上 今天 今年 漂亮 开始 有点 真的 问题 时间 生活 事情 身体"
    ),
    "ko": _words(
        "사람 우리 때문 그러나 사회 그것 그리고 문제 그런 경우 어떤 자신 문화 생각 소리 다른 이런 여자 정도 함께 아이"
        " 많이 인간 사실 어머니 시대 있어요 없어요 봐요 몰라요 좋아요 같아요 했어요 입니다 습니다 어디 오늘 누구 음식"
    ),
}
"""The most usual words of a language, which belong to no hotline: who speaks of something else says words like these,
and where a grammar has none of them his words are taken for the phrases that sound most like them."""
