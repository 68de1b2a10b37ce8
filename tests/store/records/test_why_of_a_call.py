"""Why a call went where it went, read out of its record and told in sentences."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from kept import AT, Kept, connected, left, queued

from ivr.store.records.reader import CallEvent, CallRecord, CallSummary
from ivr.store.records.why.fold import reasons_of
from ivr.store.records.why.read import ReasonsReader
from ivr.store.records.why.text import reasons_text
from ivr.store.records.why.wording import inputs_text

WHY = {
    "waited_s": 29.0,
    "rate": 1,
    "head_start_s": 120,
    "terms": {"gold": 120},
    "group": "queue",
    "assign": "longest_idle",
    "idle_s": 300.0,
    "load": 2,
    "fit": 0,
    "next_call": "CA2",
    "next_score_s": 90.0,
    "next_agent": "dina",
}


def record(*told: tuple[float, str, dict[str, Any]], **summary: Any) -> CallRecord:
    """A call's record with these entries: (seconds after the start, kind, data)."""
    events = [CallEvent(n, AT + after, kind, data) for n, (after, kind, data) in enumerate(told, start=1)]
    return CallRecord(CallSummary(hotline="telecom", call="CA1", started_at=AT, **summary), tuple(events))


REQUEST = {
    "point": "request",
    "request": 1,
    "rule": "answer_first",
    "first": "tell_balance",
    "line_rule": "gold",
    "queue": "vip",
    "inputs": {"tier": "gold", "expects": "balance"},
}


def whole_call() -> CallRecord:
    return record(
        (5, "decided", REQUEST),
        (5, "queued", {"queue": "vip", "position": 2, "size": 3, "head_starts": {"gold": 120.0}, "class": "gold"}),
        (34, "offered", {"agent": "chen", "queue": "vip", "times": 1, "why": WHY}),
        (40, "missed", {"agent": "chen", "why": "declined"}),
        (41, "offered", {"agent": "dina", "queue": "vip", "times": 2, "why": {**WHY, "next_agent": ""}}),
        (45, "connected", {"agent": "dina", "queue": "vip", "waited_s": 40.0}),
        ended_at=AT + 90,
        outcome="connected",
        queue="vip",
        agent="dina",
    )


def test_each_question_is_answered_in_plain_sentences() -> None:  # R12
    told = reasons_text(reasons_of(whole_call()))
    for sentence in (
        "ended: connected",
        "0:05.0  A person was asked for (request 1 of this call): rule 'answer_first' of `request:` fitted, so "
        "'tell_balance' came before the line (the place was taken first). The queue is vip, by rule 'gold' of `line:`.",
        "Known then: tier gold, expects balance.",
        "Joined the line of vip at place 2 of 3. Head starts: gold 120 s. Class gold.",
        "Why this caller: 29 s waited + 120 s gold = 149 s; second was call CA2 with 90 s.",
        "Why this agent: chen answers this queue, and had been free for 300 s (who is free for longest is rung first); "
        "second was dina.",
        "chen declined; the caller kept the place.",
        "dina took the call.",
        "0:45.0  Connected with dina of vip, after 40 s in line.",
    ):
        assert sentence in told
    assert "Not recorded" not in told


def test_the_same_stands_in_fields_for_programs() -> None:
    found = reasons_of(whole_call())
    assert [(one.agent, one.became, one.why_missed) for one in found.rung] == [
        ("chen", "missed", "declined"),
        ("dina", "taken", ""),
    ]
    assert found.rung[0].score is not None
    assert found.rung[0].score.total_s == 149.0
    assert found.missing == []


def test_a_question_and_its_answer_belong_together() -> None:  # R15
    asked = {"point": "entry", "rule": "gold", "result": "ask", "queue": "vip", "inputs": {"tier": "gold"}}
    said = {"point": "entry", "rule": "gold", "offer": "may_i", "queue": "vip", "answer": "no", "heard": "no thanks"}
    (one,) = reasons_of(record((1, "decided", asked), (9, "consent", said))).decided
    assert one.consent is not None
    assert one.consent.answer == "no"
    assert one.told == (
        "Rule 'gold' of `entry:` fitted as the call came in: the caller was asked about vip. "
        "The caller said no in the words “no thanks”."
    )


def test_a_rule_that_fitted_and_was_not_applied_says_why() -> None:  # R17
    data = {"point": "intent", "rule": "upgrade", "result": "busy", "queue": "sales", "inputs": {}}
    (one,) = reasons_of(record((1, "decided", data))).decided
    assert "was not applied: nobody of the queue was free (sales)" in one.told


def test_who_was_kept_free_for_others_is_told() -> None:  # R25
    inputs = {"tier": "standard", "people": {"idle": 0, "busy": 2, "off": 0, "waiting": 1, "kept": 1}}
    elder = {"point": "entry", "rule": "elder", "result": "busy", "queue": "general", "inputs": inputs}
    asked = {"point": "request", "request": 1, "line_rule": "rest", "queue": "general", "inputs": inputs}
    found = reasons_of(record((1, "decided", elder), (9, "decided", asked)))
    kept = "1 kept free for other callers (`reserve:` of queues.yaml)"
    assert found.decided[0].told.endswith(f"nobody of the queue was free (general), but {kept}.")
    assert found.decided[1].told.endswith(f"The queue is general, by rule 'rest' of `line:`. Of its people, {kept}.")
    assert inputs_text(inputs).endswith(f"0 idle, 2 busy, 0 off, 1 waiting, {kept}")
    assert "kept" not in inputs_text({"people": {"idle": 0, "kept": 0}})


def test_another_form_than_the_line_is_told_with_its_answer() -> None:  # R19
    asked = {"point": "request", "request": 1, "rule": "crowded", "offers": "callback", "line_rule": "rest"}
    asked |= {"queue": "general", "form": "queue", "passed": {"show_it": "no_number", "gold_now": "busy"}}
    said = {
        "point": "request",
        "rule": "crowded",
        "offer": "may_we",
        "queue": "general",
        "answer": "yes",
        "heard": "key",
    }
    (one,) = reasons_of(record((1, "decided", asked), (9, "consent", said))).decided
    assert one.told == (
        "A person was asked for (request 1 of this call): rule 'crowded' of `request:` fitted, so the caller was asked "
        "about a call back instead of the line (the place was taken first). The queue is general, by rule 'rest' of "
        "`line:`. Rule 'show_it' fitted, too, but the caller has no number that can be rung or texted. Rule 'gold_now' "
        "fitted, too, but nobody of the queue was free. The caller said yes by key."
    )


def test_an_offer_tells_its_boundary_and_what_it_was_about() -> None:  # R29 R32
    asked = {"point": "intent", "rule": "plans", "result": "ask", "queue": "sales", "form": "callback"}
    (one,) = reasons_of(record((1, "decided", {**asked, "because": "opportunity"}))).decided
    assert one.told == (
        "Rule 'plans' of `intent:` fitted because of what the caller wanted (it is an opportunity): the caller was "
        "asked about a call back by sales. No answer is recorded."
    )
    led = reasons_text(reasons_of(record((1, "led", {"to": "video", "way": "human_video"}))))
    assert "The caller got a text message with the link to video (human video)." in led


def test_an_offer_of_the_flow_is_told_as_one() -> None:
    said = {"step": "main.x", "offer": "shall_i", "queue": "complaints", "answer": "yes", "heard": "key"}
    (one,) = reasons_of(record((1, "consent", said))).decided
    assert (one.point, one.rule) == ("step", "shall_i")
    assert one.told.endswith("in the words 'shall_i'. The caller said yes by key.")


def test_consent_to_a_recording_is_no_reason() -> None:
    assert reasons_of(record((1, "consent", {"recording": "may_we", "answer": "yes"}))).decided == []


def test_a_call_that_still_runs_is_told_as_far_as_it_is() -> None:
    told = reasons_text(reasons_of(record((1, "queued", {"queue": "vip", "position": 1, "size": 1}))))
    assert "still running" in told
    assert "The caller is still in line." in told
    assert "Head starts are not recorded." in told


def test_what_is_missing_is_said_to_be_missing() -> None:
    found = reasons_of(
        record(
            (2, "offered", {"agent": "chen", "queue": "vip"}),
            (3, "connected", {"agent": "amy", "queue": "vip"}),
        )
    )
    assert found.rung[0].told[0] == "Why this caller and this agent is not recorded."
    assert found.missing == [
        "When and at which place the caller joined the line is not recorded.",
        "Why amy was chosen is not recorded.",
    ]
    assert "the wait is not recorded" in found.connected[0].told


def test_a_record_with_a_summary_only_says_so() -> None:
    found = reasons_of(record(queue="vip", agent="amy", ended_at=AT + 9, outcome="connected"))
    assert found.missing == [
        "amy took the call; how that came is not recorded.",
        "The caller was in the line of vip; how that came is not recorded.",
    ]
    assert "Nothing of it is in the record." in reasons_text(found)


def test_entries_nobody_can_read_break_nothing_and_move_no_cursor() -> None:
    nonsense = record(
        (1, "decided", {"point": ["x"], "inputs": "no", "rule": "\x1b[2J"}),
        (1, "queued", {"queue": None, "position": "two", "head_starts": {"gold": "x"}, "rate": "fast"}),
        (2, "offered", {"agent": "chen\x1b]0;gone\x07", "why": {"waited_s": "soon", "group": 1}}),
        (3, "missed", {}),
        (4, "left_line", {"waited_s": float("inf")}),
    )
    assert "\x1b" not in reasons_text(reasons_of(nonsense))


def test_an_urgent_caller_and_a_capped_head_start_are_told() -> None:  # R65
    why = {**WHY, "urgent": True, "rate": 2, "head_start_s": 100, "group": "seniors", "assign": "ability", "fit": 205}
    (one,) = reasons_of(record((1, "offered", {"agent": "chen", "queue": "vip", "why": why}))).rung
    assert "urgent callers go first; 29 s waited x 2 + 120 s gold = 158 s (head starts end at 100 s)" in one.told[0]
    assert "rule 'seniors' of `preferred:` wants chen first, and has ability 205" in one.told[1]


def test_what_a_caller_counts_for_from_some_moment_on_is_told() -> None:  # R65
    place = {"queue": "care", "head_starts": {"gold": 90.0}, "head_start_s": 40.0}
    told = reasons_of(
        record(
            (1, "queued", {**place, "position": 6, "size": 6}),
            (4, "position", {"queue": "care", "position": 5}),
            (9, "position", {**place, "position": 1, "class": "outage", "urgent": True}),
        )
    ).joined
    assert [one.told for one in told] == [
        "Joined the line of care at place 6 of 6. Head starts: gold 90 s (they end at 40 s).",
        "From here on the caller counted otherwise, at place 1. Head starts: gold 90 s (they end at 40 s). "
        "Urgent (class outage): before all others.",
    ]


def test_who_is_sent_on_and_waits_again_is_said_to_wait() -> None:  # R74
    told = reasons_text(
        reasons_of(record(queued("vip"), connected("vip", "amy", 50), queued("care", 60), ended_at=None))
    )
    assert told.index("Connected with amy") < told.index("The caller is still in line.")


def test_a_line_that_took_nobody_is_told() -> None:  # R82
    closed = {"queue": "vip", "why": "closed at this hour", "instead": None}
    helped, full = {**closed, "instead": "care"}, {"queue": "care", "why": "no place: full"}
    other = {"why": "words that nobody knows"}
    told = reasons_text(reasons_of(record(*((1, "note", data) for data in (closed, helped, full, other)))))
    assert "No place in the line of vip: it was closed at this hour." in told
    assert "The line of vip was closed at this hour; care takes its callers then." in told
    assert "No place in the line of care: it was full." in told
    assert "nobody knows" not in told


def test_who_may_be_rung_at_all_is_told() -> None:  # R57
    place = {"queue": "technical", "position": 1, "size": 1, "head_starts": {}}
    told = reasons_of(record((1, "queued", {**place, "skills": {"fibre": 2, "lines": 1}, "never": ["mara"]}))).joined
    assert told[0].told.endswith("No head start. Only for who knows fibre 2, lines. Never for mara.")


def ring(call: str, kept: Kept, at: float, why: dict[str, Any]) -> None:
    kept.call(call, (1.0, "offered", {"agent": "amy", "queue": "vip", "times": 1, "why": why}), at=at)


def test_who_was_preferred_to_a_caller_is_told(engine: sa.Engine) -> None:  # R60
    kept = Kept(engine)
    kept.call("CA1", queued("vip"), left("vip", "hangup", 60), outcome="abandoned", queue="vip")
    ring("CA2", kept, AT + 5, {**WHY, "next_call": "CA1", "next_score_s": 5.0})
    ring("CA3", kept, AT + 6, {**WHY, "next_call": "CA9"})
    ring("CA4", kept, AT + 7, {**WHY, "next_call": "CA1", "urgent": True})
    ring("CA5", kept, AT - 9, {**WHY, "next_call": "CA1"})
    ring("CA6", Kept(engine, "bank"), AT + 5, {**WHY, "next_call": "CA1"})
    found = ReasonsReader(engine).reasons("CA1", hotline="telecom")
    assert found is not None
    assert [one.told for one in found.passed] == [
        "amy was rung for call CA2, which counted 149 s to this caller's 5 s; this caller came second.",
        "amy was rung for call CA4, which is urgent; this caller came second.",
    ]
    assert "0:06.0  amy was rung for call CA2" in reasons_text(found)


def test_a_call_nobody_knows_has_no_reasons(engine: sa.Engine) -> None:
    assert ReasonsReader(engine).reasons("CA1") is None


def test_what_agents_did_with_a_caller_is_told(engine: sa.Engine) -> None:  # R74
    Kept(engine).call(
        "CA1",
        queued("vip"),
        (40, "alarm", {"queue": "vip", "waited_s": 39.0}),
        connected("vip", "amy", 50),
        (60, "transferred", {"agent": "amy", "queue": "technical", "note": "no signal", "to": "ben"}),
        (61, "offered", {"agent": "ben", "queue": "technical", "times": 2, "why": {**WHY, "group": "transfer"}}),
        (62, "missed", {"agent": "ben", "why": "caller_gone"}),
        (70, "expert_asked", {"agent": "ben", "queue": "vip"}),
        (70, "offered", {"agent": "dina", "queue": "vip", "times": 1, "why": WHY}),
        (71, "expert_joined", {"agent": "dina"}),
        (80, "callback", {"number": "+12025550101", "queue": "vip"}),
        (90, "dialled", {"number": "+12025550101", "status": "no_answer"}),
    )
    found = ReasonsReader(engine).reasons("CA1")
    assert found is not None
    told = reasons_text(found)
    for sentence in (
        "The wait was longer than the alarm of vip allows: 39 s.",
        "amy sent the caller on to technical, to ben, with the note “no signal”.",
        "Why this agent: the caller was sent on to ben, and had been free for 300 s",
        "ben was rung no more, for the caller had gone.",
        "ben asked somebody of vip into the talk.",
        "dina joined the talk.",
        "dina took the call.",
        "A call back was promised; the place is kept for it.",
        "A number was rung: no answer.",
    ):
        assert sentence in told


def test_a_callback_in_line_is_passed_over_like_its_caller(engine: sa.Engine) -> None:
    kept = Kept(engine)
    kept.call("C_1", queued("vip"), (9, "callback", {"queue": "vip"}), outcome="callback", queue="vip")
    ring("CA2", kept, AT + 900, {**WHY, "next_call": "C_1.4"})
    ring("CA3", kept, AT + 900, {**WHY, "next_call": "Cx1.4"})
    found = ReasonsReader(engine).reasons("C_1")
    assert found is not None
    assert [one.call for one in found.passed] == ["CA2"]


def test_an_agent_who_alone_was_free_needs_no_other_reason() -> None:
    (one,) = reasons_of(record((1, "offered", {"agent": "amy", "queue": "vip", "why": {**WHY, "next_agent": ""}}))).rung
    assert one.told[1] == "Why this agent: amy answers this queue, and nobody else able was free."


def test_a_call_back_at_night_is_put_off_and_says_so() -> None:
    dialled = {"number": "+12025550101", "status": "later", "tries": 0}
    found = reasons_of(record((1, "offered", {"agent": "amy", "queue": "vip", "why": WHY}), (2, "dialled", dialled)))
    assert found.rung[0].told[-1] == (
        "amy was not needed: it was no time to ring the caller; the caller kept the place."
    )
    assert found.also[0].told == "The caller was not rung yet: it was no time for it."


def test_a_caller_rung_in_vain_is_not_said_of_the_agent() -> None:  # R83
    def told(status: str) -> str:
        dialled = {"number": "+12025550101", "status": status, "tries": 1}
        offered = {"agent": "amy", "queue": "vip", "why": WHY}
        return reasons_of(record((1, "offered", offered), (2, "dialled", dialled))).rung[0].told[-1]

    for status in ("busy", "no_key", "no-answer", "not_reached"):
        assert told(status) == "amy had nobody to talk to: the caller was not reached; the caller kept the place."
    assert told("declined") == "amy was not needed: the caller wanted no call any more."
    assert told("confirmed") == "amy took the call."


def test_a_carriers_word_for_no_answer_is_understood() -> None:  # R70
    offered = {"agent": "amy", "queue": "vip", "why": WHY}
    (one,) = reasons_of(record((1, "offered", offered), (2, "missed", {"agent": "amy", "why": "no-answer"}))).rung
    assert one.told[-1] == "amy did not answer; the caller kept the place."


def test_a_place_that_was_held_before_says_since_when() -> None:  # R83
    place = {"queue": "care", "position": 1, "size": 2, "head_starts": {}, "since": AT - 7}
    (joined,) = reasons_of(record((1, "queued", place))).joined
    assert joined.told.endswith("No head start. The place was held before, and counts from 8 s earlier.")


def test_what_was_told_unasked_and_what_was_not_says_why() -> None:  # R40 R106
    hint = {"rule": "bill_due", "sort": "notice", "at": "welcome"}
    told = reasons_text(
        reasons_of(
            record(
                (1, "hinted", {**hint, "times": 2, "days_ago": 25.0, "inputs": {"caller.bill_due_in_days": 3}}),
                (9, "not_hinted", {"rule": "one_bill", "sort": "offer", "at": "answered", "why": "complaint"}),
                (12, "accepted", {**hint, "did": {"intent": "balance"}}),
                (20, "hints_refused", {"rule": "bill_due"}),
                (30, "hints_wanted", {}),
                (31, "hinted", {}),
                (32, "not_hinted", {"rule": "x", "at": "y", "why": "of something new"}),
            )
        )
    )
    assert (
        "Why was the caller told something unasked, or not?\n"
        "  0:01.0  The hint 'bill_due' fitted at welcome, and was told again, 25 days after the last time: 2 times now."
        " Known then: caller.bill_due_in_days 3.\n"
        "  0:09.0  The hint 'one_bill' fitted at answered, and was not told: a complaint of this caller is known, "
        "or the caller was upset.\n"
        "  0:12.0  The caller did what the hint 'bill_due' had told of (intent balance).\n"
        "  0:20.0  The caller wants no hints any more, after the hint 'bill_due'.\n"
        "  0:30.0  The caller wants hints again.\n"
        "  0:31.0  The hint None fitted at a place that is not recorded, and was told.\n"
        "  0:32.0  The hint 'x' fitted at y, and was not told: of something new."
    ) in told


def test_a_call_in_which_nothing_was_told_unasked_has_no_line_of_it() -> None:
    assert "unasked" not in reasons_text(reasons_of(whole_call()))


def test_a_call_that_keeps_a_promise_names_the_call_of_the_promise() -> None:  # R83
    found = reasons_of(
        record(
            (0, "started", {"channel": "callback", "callback": "CA7.12-0"}),
            (0, "connected", {"agent": "amy", "queue": "general", "waited_s": 54}),
            (19, "queued", {"queue": "technical", "position": 1, "size": 1, "head_starts": {"called_back": 54}}),
            (30, "connected", {"agent": "ben", "queue": "technical", "waited_s": 12}),
        )
    )
    assert found.missing == [
        "The caller was called back. Why that queue and agent is told of the call CA7.",
        "Why ben was chosen is not recorded.",
    ]
