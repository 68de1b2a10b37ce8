"""hints.yaml: what is told nowhere, to nobody, or cannot be taken or refused."""

from __future__ import annotations

import pytest
from hotlines import COMPANY, loaded, small

HINT_STEP = """
welcome: {say: hello, next: tips}
tips: {hint: start, next: need}
need: {ask: what, expect: intent, keys: {1: bill}, on: {bill: bill, nothing: bye}}
bill: {say: your_bill, answers: bill, sms: bill_text, next: bye}
bye: {hangup: goodbye}
"""
"""The `hint` step is in line 5."""
INTENTS = """\
bill: {type: query, label: {en: your bill}, examples: {en: [my bill, the bill, what is my bill, a bill, bill me]}}
"""
WORDS = 'tip: "A tip."\nbill_text: "Bill."\n'
PERSON = "person: {key: 0, go: person}"


def files(hints: str, main: str, words: str, hotline: str = "") -> dict[str, str]:
    return small(main=main, hints=hints, intents=INTENTS, words=WORDS + words, hotline=hotline)


def faults(made: dict[str, str]) -> list[str]:
    return [str(fault) for fault in loaded(made).faults]


def check(hints: str, *, main: str = HINT_STEP, words: str = "") -> list[str]:
    """What is told of a hotline with these hints, where callers can refuse them."""
    made = files(hints, main, words)
    made["hotline.yaml"] = made["hotline.yaml"].replace(PERSON, f"{PERSON}, no_hints: {{key: 7}}")
    return faults(made)


def test_a_good_one_is_told_nothing_of() -> None:
    assert check("due: {when: caller.known, at: start, say: tip, tries: {intent: bill}}\n") == []


@pytest.mark.parametrize(
    ("hints", "fault"),
    [
        ("due: {say: tip, wen: caller.known}", "hints.yaml:1:17: `wen:` is not known here."),
        ("due: {say: tip, when: caller.tear}", "hints.yaml:1:23: 'caller' has no 'tear'. Did you mean 'tier'?"),
        (
            "due: {say: tip, at: stat}",
            "hints.yaml:1:21: the hint 'due' is told nowhere: no step is a `hint: stat`. Did you mean 'start'?",
        ),
        (
            "due: {say: tip, tries: {intent: bil}}",
            "hints.yaml:1:33: no intent called 'bil'. Did you mean 'bill'?",
        ),
        (
            "due: {say: tip, tries: {step: main.bil}}",
            "hints.yaml:1:31: flow 'main' has no step 'bil'. Did you mean 'bill'?",
        ),
        (
            "due: {say: tip, tries: {sms: tip}}",
            "hints.yaml:1:30: nobody can take the hint 'due': no step sends 'tip' as a text message.",
        ),
        (
            "due: {say: tip, tries: {sms: bill_text, intent: bill}}",
            "hints.yaml:1:24: `tries:` names one thing that the caller does: `intent`, `step`, `sms` or `way`.",
        ),
        (
            "due: {say: tip, kind: habit}",
            "hints.yaml:1:6: a `habit` needs `tries:`, what a caller does who has taken it on.",
        ),
        (
            "due: {say: tip, kind: offer}",
            "hints.yaml:1:6: an `offer` needs `not_for:`, whom it must be kept from.",
        ),
        ("due: {say: tip, every_days: 0}", "hints.yaml:1:29: 0 is too small; at least 1."),
        ("due: {say: tip, when: false}", "hints.yaml:1:23: text is expected here, not false."),
        (
            "due: {say: tip, when: 'false'}",
            "hints.yaml:1:23: the hint 'due' fits nobody: False is not so.",
        ),
        (
            "due: {say: tip, when: call.answered == 'bill'}",
            "hints.yaml:1:23: the hint 'due' fits nobody: call.answered is a list, which is never the same as 'bill'. "
            "Write 'bill' in call.answered.",
        ),
        (
            "due: {say: tip, when: \"caller.known and 'bil' in call.answered\"}",
            "hints.yaml:1:23: the hint 'due' fits nobody: 'bil' is never in call.answered. Did you mean 'bill'?",
        ),
        (
            "due: {say: tip, when: call.intent == 'plans' or call.type == 'fault'}",
            "hints.yaml:1:23: the hint 'due' fits nobody: call.intent is never 'plans'. It can be bill.",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place(hints: str, fault: str) -> None:
    assert fault in check(hints + "\n")


def test_words_that_nobody_has_written_are_told() -> None:
    made = files("due: {say: tip, sms: tip_text}\n", HINT_STEP, "")
    made["words/en.yaml"] = made["words/en.yaml"].replace("tip_text", "other_text")
    assert "hints.yaml:1:22: no words called 'tip_text'. Did you mean 'bill_text'?" in faults(made)


@pytest.mark.parametrize(
    "when",
    [
        "call.intent == 'plans' or caller.known",
        "not ('plans' in call.answered)",
        "'bill' in call.answered",
        "call.type != 'fault'",
        "caller.tier == 'iron'",
        "call.intent == none and caller.known",
        "caller.expects == none",
        "call.intent and 'bil' in call.intent",
    ],
)
def test_what_may_hold_is_not_told(when: str) -> None:
    assert check(f'due: {{say: tip, when: "{when}"}}\n') == []


def test_words_of_a_hint_know_no_names_of_flows() -> None:
    found = check("due: {say: tip, sms: tip2}\n", words='tip2: "It is {{ balance.amount }}."\n')
    wrong = "words/en.yaml:3:7: these words are said as a hint, and nothing called 'balance' is known here."
    assert any(fault.startswith(wrong) for fault in found)


def test_a_place_with_nothing_to_tell_is_told() -> None:
    assert check("{}\n") == [
        "main.yaml:5:16: warning: nothing is told here: no hint of hints.yaml has `at: start`.",
        "words/en.yaml:1:1: warning: the words 'tip' are never said.",
    ]


def test_hints_without_a_step_are_told_nowhere() -> None:
    main = "welcome: {say: hello, next: bye}\nbye: {hangup: goodbye}\n"
    where = "hints.yaml:1:1: the hint 'due' is told nowhere: no flow has a `hint` step."
    assert f"{where} Add one where it should be told." in check("due: {say: tip}\n", main=main)


UNASKED = """
welcome: {say: hello, next: tips}
tips: {hint: start, next: thanks}
thanks: {say: thank_you, next: bye}
bye: {hangup: goodbye}
"""
OFFER = "more: {say: tip, kind: offer, not_for: 'false'}\n"


def test_an_offer_that_nobody_can_refuse_is_told() -> None:  # R106
    assert (
        "hints.yaml:1:24: callers hear advertisements and cannot say that they want none. "
        'Add `no_hints: {key: "7"}` to `always:` of hotline.yaml.'
    ) in faults(files(OFFER, HINT_STEP, ""))


def test_an_offer_with_no_question_after_it_is_told() -> None:  # R106
    assert (
        "main.yaml:5:16: warning: an advertisement is told here, and the call can end at 'bye' without a question "
        "after it. Put the step before a question, where callers can say that they want none."
    ) in check(OFFER, main=UNASKED)


def test_an_offer_that_is_off_needs_no_way_to_refuse() -> None:
    found = check("more: {say: tip, kind: offer, not_for: 'false', off: true}\n", main=UNASKED)
    assert not [line for line in found if "advertisement" in line]


def test_a_profile_that_knows_of_no_complaints_is_told() -> None:  # R106
    profile = COMPANY + 'profile: {lookup: company.caller, with: {number: "{{ call.caller }}"}}\n'
    assert (
        "hints.yaml:1:24: warning: the profile says nothing of `complaints`, so who has an open one hears "
        "advertisements. Let the profile's lookup give `complaints: count`, or a list of them."
    ) in faults(files(OFFER, HINT_STEP, "", profile))
