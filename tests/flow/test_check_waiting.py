"""What is told of waiting and calling back that cannot work: keys twice, menus nobody has, hours that are none."""

from __future__ import annotations

import pytest
from hotlines import loaded, small, told

QUEUES = """\
queues:
  general: %s
agents:
  ann: {phone: "+12025550102", queues: [general]}
"""
LINE = """\
hello: {say: hello, next: line}
line: {queue: general, menu: {%s}, keys: {1: out}, on: {done: bye, full: bye, closed: bye, out: bye}}
bye: {hangup: goodbye}
"""


def of_queue(written: str, **more: str) -> list[str]:
    return told(queues=QUEUES % written, **more)


def test_everything_about_waiting_is_read() -> None:
    written = (
        "{tells: wait, comfort: [nearly], comfort_every_s: 60, alarm_after_s: 300,"
        " callback: {first: caller, tries: 2, every_s: 600, ring_s: 20}}"
    )
    words = "nearly: 'not long now, {{ place.position }}'\nyou_may_wait: '{{ place.wait | between }}'"
    assert of_queue(written, words=words, hotline='callback_hours: {open: {mon-fri: "10:00-18:00"}}') == []


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("{tells: everything}", "'everything' is not one of 'position', 'wait' or 'nothing'"),
        ("{comfort_every_s: 1}", "1 is too small; at least 20"),
        ("{alarm_after_s: 0}", "0 is too small; at least 10"),
        ("{callback: {first: nobody}}", "'nobody' is not one of 'agent' or 'caller'"),
        ("{callback: {tries: 0}}", "0 is too small; at least 1"),
        ("{callback: {every_s: 1}}", "1 is too small; at least 60"),
        ("{comfort: [no_such_words]}", "no words called 'no_such_words'"),
    ],
)
def test_what_a_queue_cannot_do_is_told(written: str, fault: str) -> None:
    faults = of_queue(written)
    assert len(faults) == 1
    assert faults[0].startswith("queues.yaml:2:")
    assert fault in faults[0]


def test_words_of_a_call_back_know_the_caller_and_what_it_is_about_and_no_call() -> None:
    good = "called_back: '{{ caller.name }} {{ callback.about }} {{ callback.since | time }}'"
    assert told(words=good) == []
    (fault,) = told(words="called_back: '{{ call.intent }}'")
    assert "these words are said when somebody is called back" in fault
    (fault,) = told(words="goodbye: 'about {{ callback.about }}'")
    assert "`callback` is known only in the words of a call back" in fault


def test_hours_for_calling_back_are_hours() -> None:
    (fault,) = told(hotline='callback_hours: {open: {someday: "10:00-18:00"}}')
    assert fault.startswith("hotline.yaml")
    assert "someday" in fault


def test_a_key_is_for_one_thing() -> None:
    faults = told(main=LINE % "1: news", queues=QUEUES % "{}")
    assert any("key 1 stands under `keys:` and under `menu:`" in fault for fault in faults)


def test_a_menu_is_a_flow_that_there_is() -> None:
    faults = told(main=LINE % "3: nows", queues=QUEUES % "{}")
    assert any("no flow called 'nows'" in fault for fault in faults)


def test_a_menus_flow_is_used_and_comes_back_and_knows_the_place() -> None:
    news = "flow: news\nstart: tell\nsteps:\n  tell: {say: news, next: return}\n"
    words = "news: 'you are number {{ place.position }}'\nwhile_waiting: {say: '', choices: {out: [out], news: [news]}}"
    found = loaded(small(main=LINE % "3: news", queues=QUEUES % "{}", words=words, **{"news": news}))
    assert [str(fault) for fault in found.faults] == []


def test_what_a_key_does_in_line_can_be_said_there_too() -> None:
    files = {"queues": QUEUES % "{}", "news": "flow: news\nstart: tell\nsteps:\n  tell: {say: news, next: return}\n"}
    found = loaded(small(main=LINE % "3: news", words="news: new", **files))
    (told,) = map(str, found.faults)
    assert "nothing a caller in line can say in 'en' stands for 'out' and 'news'. Write `while_waiting: " in told
    assert found.hotline is not None  # the key is enough to serve it


def test_phrases_for_what_no_line_has_are_told() -> None:
    files = {"queues": QUEUES % "{}", "news": "flow: news\nstart: tell\nsteps:\n  tell: {say: news, next: return}\n"}
    words = "news: new\nwhile_waiting: {say: '', choices: {out: [out], news: [news], how_lon: [how long]}}"
    found = loaded(small(main=LINE % "3: news", words=words, **files))
    (told,) = map(str, found.faults)
    assert "no step `queue` has the way or flow 'how_lon'. Did you mean 'how_long'?" in told
