"""hotline.yaml, intents.yaml, handoff.yaml and queues.yaml."""

from __future__ import annotations

import pytest
from hotlines import COMPANY, HOTLINE, flow, loaded, small, told

BYE = "bye: {hangup: goodbye}"


# --- questions and intents -----------------------------------------------------------------------------------------

INTENTS = """
balance: {type: query, label: {en: your balance}, examples: {en: [my balance]}}
fault: {type: fault, label: {en: a fault}, keywords: {en: [broken]}}
"""
NEED = "need: {ask: q, expect: intent, keys: {1: balance, 9: english}, on: {balance: bye, %s, nothing: bye}}\n" + BYE


def test_the_ways_of_a_question_are_intents() -> None:
    main = NEED.replace(", 9: english", "") % "falt: bye"
    assert told(main=main, intents=INTENTS) == ["main.yaml:4:73: no intent called 'falt'. Did you mean 'fault'?"]


def test_a_way_with_a_key_of_its_own_is_a_warning() -> None:
    assert told(main=NEED % "english: bye, fault: bye", intents=INTENTS) == [
        "main.yaml:4:85: warning: 'english' can be reached by its key only: intents.yaml has no such intent."
    ]


def test_nothing_unclear_and_person_need_no_intent() -> None:
    ways = "balance: bye, fault: bye, person: p, unclear: bye, nothing: bye"
    main = f"need: {{ask: q, expect: intent, on: {{{ways}}}}}\np: {{do: person, on: {{}}}}\n{BYE}"
    assert told(main=main, intents=INTENTS) == []


def test_an_intent_that_no_question_leads_to_is_a_warning() -> None:
    assert told(intents=INTENTS) == [
        "intents.yaml:1:1: warning: no question leads to the intent 'balance'. Name it in the `on:` of one.",
        "intents.yaml:2:1: warning: no question leads to the intent 'fault'. Name it in the `on:` of one.",
    ]


def test_only_an_opportunity_has_a_value_and_can_be_taken() -> None:  # R24
    main = (
        "need: {ask: q, expect: intent, on: {balance: sold, nothing: bye}}\n"
        "sold: {say: s, converts: balance, next: bye}"
    )
    intents = "balance: {type: query, label: {en: b}, keywords: {en: [b]}, value: 40}\n"
    assert told(main=f"{main}\n{BYE}", intents=intents) == [
        "intents.yaml:1:68: 'balance' has a value, but is no opportunity, so nobody can take it. "
        "Add `opportunity: true`, or take the value out.",
        "main.yaml:5:28: the intent 'balance' is no opportunity, so nobody can take it. "
        "Add `opportunity: true` to it in intents.yaml, or name another.",
    ]
    sold = intents.replace("value", "opportunity: true, value")
    assert told(main=f"{main}\n{BYE}", intents=sold) == []


def test_an_intent_can_be_said_and_named_in_every_language() -> None:
    main = f"need: {{ask: q, expect: intent, on: {{balance: bye, fault: bye, nothing: bye}}}}\n{BYE}"
    intents = "balance: {type: query, label: {en: b}}\nfault: {type: fault, examples: {en: [x], zh: [x]}}\n"
    assert told(main=main, intents=intents) == [
        "intents.yaml:1:1: warning: no caller who speaks 'en' can say 'balance'. Add examples in 'en'.",
        "intents.yaml:2:1: warning: the intent 'fault' has no label in 'en'. "
        """It is said in "Did you mean …?"; without it the caller hears 'fault'.""",
        "intents.yaml:2:42: 'zh' is not among the hotline's languages. They are en.",
    ]


# --- what works always ---------------------------------------------------------------------------------------------


def told_with(hotline: str, **parts: str) -> list[str]:
    """What is told of a hotline whose hotline.yaml goes on from line 4 like this."""
    files = small(**parts)
    files["hotline.yaml"] = HOTLINE.rpartition("fallback")[0] + hotline
    return [*map(str, loaded(files).faults)]


def test_a_key_stands_for_one_thing() -> None:
    always = "always:\n  person: {key: 0, go: person}\n  repeat: {key: 0}\n  back: {go: main}\n"
    assert told_with(f"fallback_number: '+12025550101'\n{always}") == [
        "hotline.yaml:7:17: key 0 stands for 'person' already. Take another key.",
        "hotline.yaml:8:10: 'back' leads nowhere else. Only `person` has a `go:`.",
    ]


OWN_KEYS = "a: {ask: q, expect: choice, keys: {0: x, 1: y}, on: {x: bye, y: bye, nothing: bye}}\n" + BYE
PHRASES = "q: {say: Q, choices: {x: [x], y: [y]}}"


def test_a_key_that_no_prompt_leaves_free_reaches_nobody() -> None:
    person = flow("person", "m: {record: leave, queue: general, on: {recorded: e, nothing: e}}\ne: {hangup: e}")
    assert told(main=OWN_KEYS, words=PHRASES, person=person, handoff="line: []\n") == [
        "hotline.yaml:5:24: key 0 for 'person' works at no prompt: each of them uses that key itself. Take another key."
    ]


def test_a_key_that_some_prompts_use_is_a_warning() -> None:
    assert told(main=OWN_KEYS, words=PHRASES) == [
        "hotline.yaml:5:24: warning: key 0 means something else at main.a. "
        "There a caller can reach a person by voice only."
    ]


def test_a_key_that_leads_to_a_person_anyway_is_fine() -> None:
    ask = "a: {ask: q, expect: intent, keys: {0: person}, on: {person: p, nothing: bye}}"
    main = f"{ask}\np: {{do: person, on: {{}}}}\n{BYE}"
    assert told(main=main) == []


# --- the plain values of hotline.yaml ------------------------------------------------------------------------------

NO_NUMBER = "is no telephone number."
WRITE = "Write it with + and the country, as +12025550100."
BETWEEN = 'Between the two, callers are asked "did you mean …?".'
GOOD = "fallback_number: '+12025550101'\nalways: {person: {key: 0, go: person}}\n"


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("numbers: [2025550100]", f"4:11: '2025550100' {NO_NUMBER} {WRITE}"),
        ("numbers: ['+12025550100', 12025550100]", f"4:27: '12025550100' {NO_NUMBER} Did you mean '+12025550100'?"),
        ("numbers: [client:shop, '0049 30 123456']", f"4:24: '0049 30 123456' {NO_NUMBER} Did you mean '+4930123456'?"),
        ("sms_from: +1", f"4:11: '+1' {NO_NUMBER} {WRITE}"),
        ("timezone: America/NewYork", "4:11: no time zone called 'America/NewYork'. Did you mean 'America/New_York'?"),
        ("timezone: Mars", "4:11: no time zone called 'Mars'. Write it as Europe/Berlin."),
        ("currency: XXQ", "4:11: no currency called 'XXQ'. Write it as USD."),
        ("currency: usd", "4:11: 'usd' cannot stand here; write a currency in capitals, such as USD or CNY."),
        ("region: QQ", "4:9: no country called 'QQ'. Write it as US."),
        ("region: ZZ", "4:9: no country called 'ZZ'. Write it as US."),
        ("limits: {sure: 0.3, unsure: 0.5}", f"4:16: `sure` (0.3) must be greater than `unsure` (0.5). {BETWEEN}"),
        ("limits: {steps: 5}", "4:17: 5 is too small; at least 10."),
        ("predict: {balance: 3}", "4:11: no intent called 'balance'."),
        ("try_as: {2025550100: Ann}", f"4:10: '2025550100' {NO_NUMBER} {WRITE}"),
        ("hours: {open: {mon: 8-18}}", "4:21: '8-18' is not a span of hours; write it as 08:00-18:00."),
        ("colour: red", "4:1: `colour:` is not known here."),
    ],
)  # fmt: skip
def test_a_bad_value_is_told_with_a_good_one(lines: str, fault: str) -> None:
    assert told_with(f"{lines}\n{GOOD}") == [f"hotline.yaml:{fault}"]


def test_callers_to_try_may_hide_their_number_or_call_from_an_app() -> None:
    assert told_with(f"try_as: {{anonymous: hides, client:ann: calls from an app, '+12025550100': Ann}}\n{GOOD}") == []


def test_a_zone_that_is_none_is_told_once_whatever_needs_it() -> None:
    hotline = f"timezone: Mars\nhours: {{open: {{mon-fri: '08:00-18:00'}}}}\n{GOOD}"
    assert told_with(hotline) == ["hotline.yaml:4:11: no time zone called 'Mars'. Write it as Europe/Berlin."]


def test_a_text_may_come_from_a_short_code_or_a_name() -> None:
    assert told_with(f"sms_from: 12345\n{GOOD}") == []
    assert told_with(f"sms_from: Northwind\n{GOOD}") == []


def test_without_a_fallback_number_there_is_a_warning() -> None:
    assert told_with("always: {person: {key: 0, go: person}}\n") == [
        "hotline.yaml:1:1: warning: `fallback_number:` is missing. Where nothing else works, callers are sent to it."
    ]


def test_languages_are_those_of_the_hotline() -> None:
    main = f"""
        a: {{set: {{}}, language: fr, next: b}}
        b: {{say: hello, in_languages: [en, ne], next: bye}}
        {BYE}
    """
    files = small(main=main)
    files["hotline.yaml"] = HOTLINE.replace("[en]", "[en, en]")
    assert [*map(str, loaded(files).faults)] == [
        "hotline.yaml:3:17: the language 'en' is written twice.",
        "main.yaml:4:26: 'fr' is not among the hotline's languages. They are en.",
        "main.yaml:5:38: 'ne' is not among the hotline's languages. They are en.",
    ]


# --- rules ---------------------------------------------------------------------------------------------------------


def test_a_rule_after_one_that_always_fits_is_a_warning() -> None:
    handoff = "line:\n  - {id: rest, queue: general}\n  - {id: open, when: hours.open, queue: general}\n"
    assert told(handoff=handoff) == [
        "handoff.yaml:3:5: warning: the rule 'open' is never used: 'rest' before it has no `when:`, so it always fits. "
        "Put the rule without `when:` last."
    ]


def test_a_line_without_a_last_rule_is_a_warning() -> None:
    queues = "queues: {general: {}, vip: {}}\nagents: {ann: {phone: '+12025550102', queues: [general, vip]}}\n"
    handoff = "line:\n  - {id: gold, when: \"caller.tier == 'gold'\", queue: vip}\n"
    assert told(handoff=handoff, queues=queues) == [
        "handoff.yaml:2:5: warning: where no rule of `line:` fits, the caller joins 'general', "
        "the first queue of queues.yaml. Add a last rule without `when:` that names the queue."
    ]


def test_each_rule_has_an_id_of_its_own() -> None:
    handoff = "line:\n  - {id: one, when: hours.open, queue: general}\n  - {id: one, queue: general}\n"
    assert told(handoff=handoff) == [
        "handoff.yaml:3:10: the rule 'one' is already in line 2. Each rule needs an id of its own."
    ]


def test_one_broken_rule_hides_no_other_file() -> None:
    assert told(handoff="line:\n  - {id: One, queue: general}\n", words="old: Old") == [
        "handoff.yaml:2:10: 'One' cannot stand here; write small letters, digits and _, a letter first.",
        "words/en.yaml:1:1: warning: the words 'old' are never said.",
    ]


def test_rules_that_are_no_list_are_told() -> None:
    assert told(handoff="line: true\n") == ["handoff.yaml:1:7: a list is expected here, not true."]


# --- queues and agents ---------------------------------------------------------------------------------------------


def test_every_queue_is_served_by_somebody_who_can() -> None:
    queues = """
        queues:
          general: {skills: [fibre, tv]}
          vip: {skills: [gold]}
          empty: {}
        agents:
          ann: {phone: "2025550102", queues: [general, vip], skills: [tv]}
          bob: {phone: "client:bob", queues: [general], skills: [fibre], languages: [es]}
          eve: {phone: "sip:eve@example.com", queues: [vip], skills: [golden]}
    """
    assert told(queues=queues) == [
        "queues.yaml:2:21: nobody who serves the queue 'general' has 'fibre' and 'tv' together. "
        "Callers would wait for ever.",
        "queues.yaml:3:18: nobody who serves the queue 'vip' has the skill 'gold'. Did you mean 'golden'?",
        "queues.yaml:4:3: warning: nobody serves the queue 'empty'. Name it under `queues:` of an agent.",
        "queues.yaml:6:16: '2025550102' is no telephone number. Write it with + and the country, as +12025550100.",
        "queues.yaml:7:78: 'es' is not among the hotline's languages. They are en.",
    ]


def test_a_language_that_nobody_in_a_queue_speaks_is_a_warning() -> None:
    files = small(
        queues="queues: {general: {}}\nagents: {ann: {phone: '+12025550102', queues: [general], languages: [en]}}\n",
        words_zh="hello: 你好\ngoodbye: 再见\nthank_you: 谢谢\n",
    )
    files["hotline.yaml"] = HOTLINE.replace("[en]", "[en, zh]")
    assert [*map(str, loaded(files).faults)] == [
        "queues.yaml:1:10: warning: nobody who serves the queue 'general' speaks 'zh'. "
        "Callers in that language would wait for ever."
    ]


# --- lookups -------------------------------------------------------------------------------------------------------


def test_a_lookup_is_given_what_it_takes() -> None:
    main = f"""
        a: {{lookup: company.balance, with: {{acount: x}}, on: {{ok: b, failed: b}}}}
        b: {{lookup: company.caller, as: who, with: {{note: x, y: 1}}, on: {{ok: bye, failed: bye}}}}
        {BYE}
    """
    assert told(main=main, hotline=COMPANY) == [
        "main.yaml:4:39: lookup 'company.balance' takes no 'acount'. Did you mean 'account'?",
        "main.yaml:5:46: lookup 'company.caller' takes 'number', and `with:` does not hand it in.",
        "main.yaml:5:56: lookup 'company.caller' takes no 'y'. It takes number and note.",
    ]


def test_the_profile_lookup_is_given_what_it_takes() -> None:
    assert told(hotline=COMPANY + "profile: {lookup: company.caller, with: {nmber: '1'}}\n") == [
        "hotline.yaml:24:42: lookup 'company.caller' takes no 'nmber'. Did you mean 'number'?"
    ]


def test_a_rule_names_its_queue_and_leaves_by_rules_to_steps() -> None:
    handoff = "mood:\n  upset: {offer: shall_i, queue: by_rules}\nline:\n  - {id: rest, queue: by_rules}\n"
    found = told(handoff=handoff, queues="queues: {general: {}}\n")
    why = "names the queue itself; `by_rules` is for steps. There are general."
    assert f"handoff.yaml:2:34: a rule of `mood:` {why}" in found
    assert f"handoff.yaml:4:23: a rule of `line:` {why}" in found
