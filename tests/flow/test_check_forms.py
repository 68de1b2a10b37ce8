"""Other forms than the line, and the boundaries at which another way may be offered."""

from __future__ import annotations

import pytest
from hotlines import loaded, small, told

from ivr.flow.drawing import draw
from ivr.flow.fixed_words import fixed_words
from ivr.flow.hotline import Hotline

LINE = "line: [{id: rest, queue: general}]\n"
WORDS = "video_by_text: 'https://video.example/{{ call.id }}'\nshall_we: Shall we?\n"
VIDEO = "elsewhere: {video: {way: human_video, words: video_by_text}}\n"
PERSON = """\
flow: person
start: line
steps:
  line:
    queue: by_rules
    on: {done: bye, full: bye, closed: bye, elsewhere: bye}
  bye: {hangup: goodbye}
"""
INTENTS = """\
balance: {type: query, label: {en: it}, keywords: {en: [balance]}}
advice: {type: consult, label: {en: it}, keywords: {en: [advice]}}
upgrade: {type: query, opportunity: true, label: {en: it}, keywords: {en: [upgrade]}}
rude: {type: complaint, label: {en: it}, keywords: {en: [rude]}}
"""
MAIN = "welcome: {say: hello, next: bye}\nbye: {hangup: goodbye}\n"
SERVED_BEST = (
    "has chosen the way that serves it best, smart_voice, and nothing permits to offer another unasked. Say why it "
    "cannot serve them, by `because: abnormal` or `because: unsolved` and a `when:` that tests it; or give the intent "
    "another `way:` or `opportunity: true` in intents.yaml; or leave the rule out."
)


def faults(handoff: str, **parts: str) -> list[str]:
    given = {"words": WORDS, "person": PERSON, "intents": INTENTS, "main": MAIN, **parts}
    return [one for one in told(handoff=handoff + LINE, **given) if one.startswith("handoff.yaml")]


def test_a_form_that_is_led_to_and_known_is_good() -> None:  # R9 R19
    request = "request: [{id: show_it, form: video, offer: shall_we}]\n"
    assert faults(VIDEO + request) == []


@pytest.mark.parametrize(
    ("request_rule", "fault"),
    [
        ("{id: a, form: vidoe, offer: shall_we}", "2:25: no form called 'vidoe'. Did you mean 'video'?"),
        ("{id: a, form: video}", "2:11: `form:` needs `offer:`, the words of its question; a flow asks for itself."),
        (
            "{id: a, when: 'caller.known'}",
            "2:11: a rule needs `first:`, a flow that is run, or `form:`, what is offered; one of the two.",
        ),
        (
            "{id: a, form: callback, offer: shall_we}",
            "2:25: who says yes to 'callback' has no way on at the step person.line. "
            "Add `callback: <step>` to its `on:`.",
        ),
    ],
)
def test_a_form_that_leads_nowhere_is_told(request_rule: str, fault: str) -> None:  # R19
    found = faults(f"{VIDEO}request: [{request_rule}]\n")
    assert f"handoff.yaml:{fault}" in found


def test_a_way_elsewhere_that_no_rule_leads_to_is_a_warning() -> None:  # R9
    assert faults(VIDEO) == [
        "handoff.yaml:1:13: warning: no rule leads callers to 'video'. "
        "A rule of `request:` does by `form:`, one of `intent:` or `mood:` by `elsewhere:`."
    ]


def test_a_way_elsewhere_cannot_be_called_like_a_form_of_its_own() -> None:
    handoff = VIDEO.replace("video:", "queue:", 1) + "request: [{id: a, form: queue, offer: shall_we}]\n"
    taken = "handoff.yaml:1:13: 'queue' means something of its own where a form is named. Take another name."
    assert faults(handoff) == [taken]


def test_a_way_is_one_of_five() -> None:  # R3
    (found,) = faults(VIDEO.replace("human_video", "person") + "request: [{id: a, form: video, offer: shall_we}]\n")
    assert "human_voice" in found
    assert "other_self_service" in found


def test_a_line_that_is_only_for_who_need_not_wait_is_not_the_last() -> None:  # R19
    line = "line: [{id: now, queue: general, form: connect}]\n"
    queues = "queues: {general: {}, other: {}}\nagents: {ann: {phone: '+12025550102', queues: [general, other]}}\n"
    assert told(handoff=line, queues=queues) == [
        "handoff.yaml:1:8: warning: where no rule of `line:` fits, the caller joins 'general', the first queue of "
        "queues.yaml. Add a last rule without `when:` that names the queue."
    ]


# --- boundaries ----------------------------------------------------------------------------------------------


def boundary_faults(rule: str, **parts: str) -> list[str]:
    return faults(f"intent:\n  {rule}\n", **parts)


ASK = "queue: general, offer: shall_we"


@pytest.mark.parametrize("wish", ["advice", "upgrade", "rude"])
def test_an_intent_that_tells_of_a_boundary_may_be_offered_another_way(wish: str) -> None:  # R29
    assert boundary_faults(f"{wish}: {{{ASK}}}") == []


def test_who_is_served_best_here_is_not_led_away() -> None:  # R27 R29
    assert boundary_faults(f"balance: {{{ASK}}}") == [f"handoff.yaml:2:3: who wants 'balance' {SERVED_BEST}"]


def test_what_serves_a_wish_best_is_data() -> None:  # R3 R4
    assert boundary_faults(f"balance: {{{ASK}}}\nways: {{query: human_video}}") == []
    own = INTENTS.replace("balance: {", "balance: {way: human_voice, ")
    assert boundary_faults(f"balance: {{{ASK}}}", intents=own) == []
    served_here = INTENTS.replace("advice: {", "advice: {way: smart_voice, ")
    assert boundary_faults(f"advice: {{{ASK}}}", intents=served_here) == [
        f"handoff.yaml:2:3: who wants 'advice' {SERVED_BEST}"
    ]


def test_a_boundary_that_a_rule_states_is_tested_by_it() -> None:  # R29
    tested = f"""balance: {{{ASK}, because: unsolved, when: "'balance' in call.answered"}}"""
    assert boundary_faults(tested) == []
    assert boundary_faults(f"balance: {{{ASK}, because: unsolved}}") == [
        "handoff.yaml:2:55: `because: unsolved` is tested by nothing. "
        """Add `when:` with what the data say, such as "'balance' in call.answered"."""
    ]


def test_a_boundary_that_is_not_there_cannot_be_claimed() -> None:  # R29
    assert boundary_faults(f"balance: {{{ASK}, because: complaint}}") == [
        "handoff.yaml:2:55: 'balance' is no complaint: its `type:` in intents.yaml says so."
    ]
    mood = "mood: {upset: {queue: general, offer: shall_we, because: opportunity, phrases: {en: [fed up]}}}\n"
    assert faults(mood) == [
        "handoff.yaml:1:58: a rule of `mood:` is for how the caller sounds, not for 'opportunity'. "
        "Leave `because:` out."
    ]


@pytest.mark.parametrize(
    "rule",
    ["queue: general", "offer: shall_we", "elsewhere: video", "elsewhere: video, offer: shall_we, later: shall_we"],
)
def test_a_rule_of_the_dialogue_names_whom_and_asks(rule: str) -> None:  # R32
    (found,) = [one for one in faults(f"{VIDEO}intent: {{advice: {{{rule}}}}}\n") if "warning" not in one]
    assert "needs" in found


# --- what else is made of them -------------------------------------------------------------------------------


SHOW_IT = VIDEO + "request: [{id: show_it, form: video, offer: shall_we}]\n" + LINE
FIXED = "video_by_text: 'https://video.example'\nshall_we: Shall we?\n"


def hotline_with_video() -> Hotline:
    found = loaded(small(handoff=SHOW_IT, words=FIXED, person=PERSON, main=MAIN)).hotline
    assert found is not None
    return found


def test_the_picture_shows_which_rule_leads_along_a_way() -> None:  # R19
    arrows = draw(hotline_with_video()).arrows
    assert "show_it · elsewhere" in [arrow.label for arrow in arrows if arrow.source == "person.line"]


def test_a_link_is_written_and_never_said() -> None:  # R9
    keys = [one.key for one in fixed_words(hotline_with_video())]
    assert "shall_we" in keys
    assert "video_by_text" not in keys
