"""What an agent hears before taking a call, in the agent's own language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from runtime_house import WORDS, shop

from ivr.flow.agent_words import AGENT_WORDS, SAID_TO_CALLERS
from ivr.flow.hotline import Hotline
from ivr.runtime.whisper import CALLBACK, Anybody, gone, language_of, words
from ivr.runtime.whisper import told as spoken

TWO = """
hotline: shop
start: main
languages: [en, zh]
numbers: ["+12025550199"]
constants: {company: Northwind}
connectors:
  company:
    kind: sql
    url: "sqlite:///company.sqlite"
    operations:
      balance: {query: "select amount from balances where account = :account", takes: [account], gives: {amount: money}}
always:
  person: {key: "0", go: person}
"""
AGENTS = """
queues: {general: {}, other: {}}
agents:
  amy: {phone: "+12025550111", queues: [general], languages: [zh, en]}
  ben: {phone: "client:ben", queues: [general, other]}
"""


@dataclass
class Offered:
    agent: str = "ben"
    queue: str = "general"
    number: str = ""
    context: dict[str, Any] = field(default_factory=dict)


def told(context: dict[str, Any], hotline: Hotline | None = None) -> str:
    return words(hotline or shop(), Offered(context=context)).text


def test_who_why_what_was_answered_and_consent() -> None:  # R76
    context = {"name": "Alice", "intent": "plans", "answered": ["balance"], "consents": 1}
    assert told(context) == (
        "general: Alice, about plans. Already answered: your balance. Agreed to be connected. "
        "Press 1 to take the call, 2 to decline."
    )


@pytest.mark.parametrize(
    ("context", "text"),
    [
        ({}, "an unknown caller, no subject yet."),
        ({"caller": "+12025550101"}, "+12025550101, no subject yet."),
        ({"caller": "anonymous", "intent": "gone_since"}, "anonymous, about gone_since."),
    ],
)
def test_what_nobody_knows_is_left_out(context: dict[str, Any], text: str) -> None:
    assert text in told(context)


def test_what_a_caller_said_is_no_template() -> None:
    assert "{{ caller.tier }}" in told({"name": "{{ caller.tier }}"})


def test_an_agent_hears_it_in_the_first_of_his_languages() -> None:
    two = shop(hotline=TWO, queues=AGENTS, **{"words/zh": WORDS})
    assert (language_of(two, "amy"), language_of(two, "ben"), language_of(two, "gone")) == ("zh", "en", "en")
    said = words(two, Offered(agent="amy", context={"name": "Alice"}))
    assert (said.language, said.text.startswith("general队列，Alice，尚未说明事由")) == ("zh", True)


def test_a_hotline_has_words_of_its_own() -> None:
    own = shop(words=WORDS + 'whisper: "{{ company }}: {{ caller.name }}, {{ talk.queue }}. 1 or 2?"\n')
    assert told({"name": "Alice"}, own) == "Northwind: Alice, general. 1 or 2?"


def test_who_comes_too_late_is_told_so() -> None:
    assert "no longer waiting" in gone(shop()).text
    assert "no longer waiting" in gone(None).text


def test_a_queue_is_called_by_its_label_in_the_agents_language() -> None:
    labelled = AGENTS.replace("general: {}", "general: {label: {en: customer care, zh: 客户服务}}")
    two = shop(hotline=TWO, queues=labelled, **{"words/zh": WORDS})
    assert words(two, Offered(agent="ben")).text.startswith("customer care: ")
    assert words(two, Offered(agent="amy")).text.startswith("客户服务队列，")
    assert words(two, Offered(agent="ben", queue="gone_since")).text.startswith("gone since: ")


@pytest.mark.parametrize(
    ("agent", "intent", "text"),
    [
        ("ben", None, "Mona, a complaint is open."),
        ("ben", "balance", "Mona, about your balance, and a complaint is open."),
        ("amy", None, "Mona，有投诉尚未解决。"),
    ],
)
def test_an_open_complaint_is_told_whatever_is_wanted_now(agent: str, intent: str | None, text: str) -> None:  # R48 R76
    two = shop(hotline=TWO, queues=AGENTS, **{"words/zh": WORDS})
    context = {"name": "Mona", "intent": intent, "complaints": True}
    assert text in words(two, Offered(agent=agent, context=context)).text


@pytest.mark.parametrize(
    ("agent", "by_hand", "text"),
    [
        ("ben", False, "A call back for general: Alice, about plans, asked 5 minutes ago. Press 1 and we ring them"),
        ("ben", True, "The number is +12025550101. 1 takes it, and you call them yourself, 2 declines."),
        ("amy", False, "general队列的回电：Alice，事由：plans，5分钟前预约。按1由我们为您拨通，按2拒绝。"),
    ],
)
def test_a_call_back_is_told_in_the_agents_language(agent: str, by_hand: bool, text: str) -> None:  # R76 R83
    two = shop(hotline=TWO, queues=AGENTS, **{"words/zh": WORDS})
    offer = Offered(agent=agent, number="+12025550101", context={"name": "Alice", "intent": "plans"})
    assert text in words(two, offer, CALLBACK, by_hand=by_hand, minutes=5).text


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_whatever_an_agent_is_told_can_be_said(language: str) -> None:
    three = shop(
        hotline=TWO.replace("[en, zh]", "[en, zh, ko]"),
        queues=AGENTS.replace("[zh, en]", f"[{language}]"),
        **{"words/zh": WORDS, "words/ko": WORDS},
    )
    for key in AGENT_WORDS["en"].keys() - SAID_TO_CALLERS:
        (say,) = spoken(three, Anybody("amy"), key, targets=["1: ben"], more=True, minutes=1, by_hand=False)
        assert (say.language, bool(say.text)) == (language, True), key


def test_words_that_cannot_be_said_are_left_out(caplog: pytest.LogCaptureFixture) -> None:
    own = shop(words=WORDS + 'caller_gone: "{{ 1 // talk.consents }} has gone."\n')
    assert spoken(own, Anybody("ben"), "caller_gone") == ()
    assert "'caller_gone' cannot be said to ben" in caplog.text
