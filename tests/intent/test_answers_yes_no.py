"""Yes and no as callers say and press them. A no that reads as a yes is the mistake that must not happen."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.flow.yaml import read_file
from ivr.intent.assent import ASSENTS

YES = {
    "en": """yes; Yeah, that's right please.; uh yes; yep; sure; OK.; please do; go ahead; I do; that's right; correct
        mm hmm; sounds good; why not; yes it isn't working; that's fine; that is right; yes I would like that
        no problem; that is it; it is; yes I do
        yeah I'd like to talk to someone about my bill; yes, right now; one; 1; fine by me; Yes. Thanks.""",
    "zh": """对的; 是的; 好的; 可以; 嗯; 没错; 行; 好啊，谢谢; 是; 对，是我; 没问题; 好 的; 可以的，转吧; OK
        當然可以; 對; 確認
        是我本人; 我要; 我需要; 对就是这样; 需要帮我转一下; 是的我要查余额
        嗯，好的; 麻烦您了; 不错; 我同意; 请帮我转接，好的; 一; 没关系可以""",
    "ko": "네; 예; 네 맞아요; 네, 연결해 주세요; 좋아요; 그래요; 맞습니다; 물론이죠; 부탁드립니다; 일; 응",
}
NO = {
    "en": """no; No thanks.; not really; nope; no thank you; I don't think so; that's not right; not okay; isn't right
        I don't want that; that isn't correct; okay no thanks; yeah no; no that's all right; no I'm fine thanks
        I'm good; no, that's wrong; never mind; not now; no need; I'd rather not; absolutely not; two; don't do that
        no, what is my last bill; it's not; not yet; no way; no, right now i need something else""",
    "zh": """不是; 不用了; 没有; 不对; 不用了，谢谢; 好的，不用了; 不需要; 不行; 没有了; 不; 不好意思，不用
        算了; 嗯，不用了
        不用了，我要查余额; 不用了，账单是多少
        不太好; 先不用; 不，谢谢; 没; 取消; 不太对; 二; 不同意; 暂时不需要; 不 是; 別; 沒有""",
    "ko": "아니요; 아니오; 아뇨 괜찮아요; 괜찮아요; 아닙니다; 됐어요; 싫어요; 필요 없어요; 하지 마세요; 없어요; 이",
}
NEITHER = {
    "en": """what is my balance; maybe; I don't know; not sure; yes and no; right now I need to pay my bill quickly; hmm
        I'm not sure about that; the gold plan; thirty two; yes no; ; ...
        correct my bill; please correct my address; right what is my balance; ok what is my balance
        is my line ok; yes but is it cheaper; okay do I pay for that
        sure, is there anything cheaper; ok who is that""",
    "zh": """我不知道; 是不是; 随便; 查一下话费; 不清楚; 您好; 什么; 你好，我想查话费余额; 不好意思; ;
        上个月的账单是多少; 我要查余额; 我需要查账单; 我有一个问题; 对账单有疑问; 我的网是坏的; 可以便宜点吗
        确认一下我的账单; 行李怎么办""",
    "ko": "모르겠어요; 글쎄요; 잔액 조회; 안녕하세요; 예상 요금이 얼마예요; 그래서 요금이 얼마예요; ",
}


def spoken(answers):
    return [
        (language, answer.strip())
        for language, text in answers.items()
        for answer in text.replace("\n", ";").split(";")
    ]


@pytest.mark.parametrize(("language", "said"), [one for one in spoken(YES) if one[1]])
def test_a_yes_is_heard(reads, language, said) -> None:
    assert reads("yes_no", said, language).value is True


@pytest.mark.parametrize(("language", "said"), [one for one in spoken(NO) if one[1]])
def test_a_no_is_heard(reads, language, said) -> None:
    assert reads("yes_no", said, language).value is False


@pytest.mark.parametrize(("language", "said"), spoken(NEITHER))
def test_what_is_neither_is_asked_again(reads, language, said) -> None:
    assert reads("yes_no", said, language).value is None


@pytest.mark.parametrize(
    ("language", "negation"),
    [
        *(("en", no) for no in ("not ", "no, ", "I'm not ", "that's not ", "don't ", "please don't ", "it isn't ")),
        *(("zh", no) for no in ("不", "不，", "不要", "别", "不是", "没有")),
        *(("ko", no) for no in ("아니요 ", "안 ")),
    ],
)
def test_no_negation_of_a_yes_reads_as_a_yes(reads, language, negation) -> None:  # R31
    assent = ASSENTS[language]
    read_as_yes = [
        negation + phrase
        for phrase in (*assent.yes, *assent.firm, *assent.short, *assent.whole)
        if reads("yes_no", negation + phrase, language).value is True
    ]
    assert read_as_yes == []


@pytest.mark.parametrize(
    ("language", "doubt", "more"),
    [
        ("en", "what?", "what is my balance"),
        ("zh", "我不知道", "上个月的账单是多少"),
        ("ko", "글쎄요", "잔액이 얼마예요"),
    ],
)
def test_what_is_only_about_the_question_holds_no_wish(reads, language, doubt, more) -> None:
    assert reads("yes_no", doubt, language).doubts
    assert not reads("yes_no", more, language).doubts


@pytest.mark.parametrize("expect", ["choice", "digits"])
@pytest.mark.parametrize(
    ("language", "doubt", "more"),
    [
        ("en", "what?", "cancel"),
        ("en", "yes please", "connect me"),
        ("zh", "什么意思", "账单"),
        ("ko", "글쎄요", "잔액 조회"),
    ],
)
def test_so_it_is_where_something_else_is_asked(reads, expect, language, doubt, more) -> None:
    assert reads(expect, doubt, language).doubts
    assert not reads(expect, more, language).doubts


TAKEN_FOR = {"yes": True, "no": False, "neither": None, "asked_again": None, "a_no_instead": False}
"""What stands in `answers/`, and what it is read as. A yes that nobody gave has no place there."""


@cache
def answers(language: str) -> dict[str, list[str]]:
    written = read_file(Path(__file__).parent / "answers" / f"{language}.yaml", f"{language}.yaml").data
    return {truth: [one.strip() for one in text.split(" / ")] for truth, text in written.items()}


@pytest.mark.parametrize("taken_for", TAKEN_FOR)
@pytest.mark.parametrize("language", ASSENTS)
def test_callers_are_taken_at_their_word(reads, language, taken_for) -> None:  # R31
    said = answers(language)[taken_for]
    assert {one: reads("yes_no", one, language).value for one in said} == dict.fromkeys(said, TAKEN_FOR[taken_for])


@pytest.mark.parametrize("language", ASSENTS)
def test_few_true_answers_are_missed(language) -> None:
    known = answers(language)
    missed = len(known["asked_again"]) + len(known["a_no_instead"])
    assert missed < 0.05 * sum(map(len, known.values()))


@pytest.mark.parametrize("language", ASSENTS)
def test_every_phrase_in_the_list_means_what_the_list_says(reads, language) -> None:
    assent = ASSENTS[language]
    meant = {
        **dict.fromkeys((*assent.yes, *assent.firm, *assent.short, *assent.whole), True),
        **dict.fromkeys((*assent.no, *assent.nay, *assent.nots, *assent.undoes), False),
        **dict.fromkeys((*assent.asks, *assent.limits, *assent.told), None),
        **dict.fromkeys((*assent.mends, *assent.unsure, *assent.idle), None),
    }
    assert {phrase: reads("yes_no", phrase, language).value for phrase in meant} == meant


@pytest.mark.parametrize(("keys", "value"), [("1", True), ("2", False), ("3", None), ("11", None), ("*", None)])
def test_one_is_yes_and_two_is_no(reads, keys, value) -> None:
    assert reads("yes_no", keys, by="keys").value is value


def test_a_language_without_a_list_of_its_own_takes_given_phrases_and_digits(reads) -> None:
    among = {"yes": ("oui", "d'accord"), "no": ("non",)}
    assert reads("yes_no", "Oui, d'accord !", "fr", among=among).value is True
    assert reads("yes_no", "non merci", "fr", among=among).value is False
    assert reads("yes_no", "oui et non", "fr", among=among).value is None
    assert reads("yes_no", "2", "fr").value is False
    assert reads("yes_no", "oui", "fr").value is None


def test_a_hotline_may_add_phrases(reads) -> None:
    assert reads("yes_no", "beam me up", among={"yes": ("beam me up",)}).value is True


@given(said=st.text(max_size=200))
def test_any_text_can_be_read(said) -> None:
    from datetime import date

    from ivr.call.tasks import Understand
    from ivr.intent import read

    for expect in ("yes_no", "choice", "digits", "amount", "date", "phone", "text"):
        for language in ("en", "zh", "ko", "fr", "xx", ""):
            for by in ("speech", "keys"):
                task = Understand(text=said, language=language, expect=expect, by=by, among={"a": ("one", said)})
                read(task, today=date(2028, 2, 29), region="")
