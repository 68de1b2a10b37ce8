"""Where a caller waits when the queue is closed."""

from dataclasses import dataclass

from ivr.routing.overflow import open_queue


@dataclass
class Step:
    to: str
    only_if: str | None = "closed"


@dataclass
class Queue:
    overflow: tuple[Step, ...] = ()


def opened(queue: str, queues: dict[str, Queue], *open_now: str) -> str | None:
    return open_queue(queue, queues, lambda name: name in open_now)


def test_an_open_queue_takes_its_own_callers() -> None:
    assert opened("day", {"day": Queue((Step("night"),))}, "day", "night") == "day"


def test_a_closed_one_hands_them_to_the_first_that_is_open() -> None:  # R71
    queues = {"day": Queue((Step("evening"), Step("night"))), "evening": Queue(), "night": Queue()}
    assert opened("day", queues, "night") == "night"


def test_steps_for_other_times_do_not_count() -> None:
    assert opened("day", {"day": Queue((Step("night", None), Step("night", "all_busy")))}, "night") is None


def test_a_closed_helper_asks_its_own_helpers() -> None:
    queues = {"day": Queue((Step("evening"),)), "evening": Queue((Step("night"),)), "night": Queue()}
    assert opened("day", queues, "night") == "night"


def test_a_circle_of_closed_queues_ends() -> None:
    queues = {"day": Queue((Step("night"),)), "night": Queue((Step("day"),))}
    assert opened("day", queues) is None
