"""Who is called back is a caller like others: an agent can send him on, and then he must find a way out, too.

In each hotline nobody but he can come to the flow `person`: the call that he makes himself ends with the promise.
"""

from __future__ import annotations

from hotlines import flow
from proof_stage import explored, faults_of, report, verdicts

from ivr.flow.house_flows import CALLED_BACK

PROMISED = """
promise: {callback: general, on: {booked: bye, impossible: bye}}
bye: {hangup: goodbye}
"""
GOOD = """
line: {queue: by_rules, keys: {1: message}, on: {done: bye, full: message, closed: message, message: message}}
message: {record: leave_word, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: thank_you}
"""
DIALS = """
shop: {dial: "+12025550123", on: {completed: bye, failed: count}}
count: {set: {tries: 1}, next: enough}
enough: {choose: [{when: "tries >= 3", next: bye}], otherwise: shop}
bye: {hangup: thank_you}
"""
NOTE = "# We have called this caller back, and he talks with an agent."


def promising(person: str, main: str = PROMISED) -> dict[str, str]:
    return {"main": flow("main", main), "person": flow("person", person)}


def test_a_caller_who_is_called_back_and_sent_on_is_followed() -> None:  # R83
    assert any(node.place == (CALLED_BACK, "line") and node.is_hold for node in explored(**promising(GOOD)).nodes)


def test_a_hotline_that_promises_no_call_is_not_asked_of_callers_who_are_called_back() -> None:
    graph = explored(**promising(GOOD, "bye: {hangup: goodbye}"))
    assert all(node.state.flow != CALLED_BACK for node in graph.nodes)


def test_a_way_out_for_him_is_proved() -> None:  # R83
    assert verdicts(**promising(GOOD))["sound"] == "proved"


def test_a_number_that_is_dialled_for_him_again_and_again_is_shown() -> None:  # R83
    (fault,) = faults_of("sound", **promising(DIALS))
    assert fault.place == ("person", "shop")
    assert fault.sentence == "the call can go round without end, and the caller is never heard"
    assert fault.call.startswith(NOTE)


def test_a_line_without_a_key_that_only_he_comes_to_is_shown() -> None:  # R83
    dead = GOOD.replace("keys: {1: message}, ", "").replace(", message: message", "")
    (fault,) = faults_of("sound", **promising(dead))
    assert fault.place == ("person", "line")
    assert fault.call.startswith(NOTE)


def test_the_bounds_say_that_he_was_looked_at() -> None:
    told = report(**promising(GOOD)).bounds
    assert "callers who are called back" in told
