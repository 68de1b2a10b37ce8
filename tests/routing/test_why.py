"""Every choice can be told in words."""

from ivr.routing.why import Reasons, Score, read_reasons


def test_a_place_is_told_as_a_sum() -> None:
    score = Score(95.2, head_start_s=420, terms={"gold": 300, "same_day": 120})
    assert score.in_words() == "95 s waited + 300 s gold + 120 s same_day = 515 s"


def test_a_cap_and_a_rate_are_told_too() -> None:
    score = Score(95.2, rate=2, head_start_s=400, terms={"gold": 300, "same_day": 120})
    assert score.in_words() == ("95 s waited x 2 + 300 s gold + 120 s same_day = 590 s, head starts end at 400 s")


def test_urgency_is_told_first() -> None:
    assert Score(10, urgent=True).in_words() == "urgent, before all others; 10 s waited = 10 s"


def test_an_offer_is_told_with_those_who_came_second() -> None:
    data = {"waited_s": 40.0, "group": "queue", "assign": "longest_idle", "idle_s": 12.0, "load": 3, "fit": 1}
    reasons = read_reasons({**data, "terms": {}, "next_call": "CA2", "next_score_s": 31.4, "next_agent": "ben"})
    assert reasons == Reasons(Score(40.0), "queue", "longest_idle", 12.0, 3, 1, "", "CA2", 31.4, "ben")
    assert reasons.in_words("amy") == (
        "Caller: 40 s waited = 40 s; next came CA2 with 31 s. Agent: amy by queue, free for 12 s; next came ben."
    )


def test_who_had_no_rival_is_told_without_one() -> None:
    data = {"waited_s": 0, "group": "familiar", "assign": "even_load", "idle_s": 1, "load": 2, "fit": 0}
    assert read_reasons(data).in_words("amy") == "Caller: 0 s waited = 0 s. Agent: amy by familiar, 2 calls so far."
