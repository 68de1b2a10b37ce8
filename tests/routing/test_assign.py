"""Who takes whom, as pure functions."""

from ivr.routing.assign import Ability, FreeAgent, Needs, Waiting, longest_idle, next_pair
from ivr.routing.order import order_key

CARE = Ability(frozenset({"care"}))
FIBRE = Ability(frozenset({"care", "sales"}), frozenset({"fibre"}), frozenset({"en"}))


def needs(*skills: str, queue: str = "care", language: str = "") -> Needs:
    return Needs(queue, frozenset(skills), language)


def test_an_agent_serves_own_queues_only() -> None:
    assert CARE.serves(needs())
    assert not CARE.serves(needs(queue="sales"))


def test_an_agent_must_have_every_skill() -> None:  # R57
    assert FIBRE.serves(needs("fibre"))
    assert not FIBRE.serves(needs("fibre", "billing"))


def test_an_agent_without_languages_speaks_all_of_the_hotline() -> None:
    assert CARE.serves(needs(language="zh"))
    assert not FIBRE.serves(needs(language="zh"))
    assert FIBRE.serves(needs(language=""))


def test_who_rests_longest_is_rung_first() -> None:
    agents = [FreeAgent("ann", CARE, 20.0), FreeAgent("ben", CARE, 10.0), FreeAgent("cho", FIBRE, 5.0)]
    assert longest_idle(needs(), agents) == agents[2]
    assert longest_idle(needs(language="zh"), agents) == agents[1]
    assert longest_idle(needs(queue="night"), agents) is None


def test_of_two_who_rest_alike_the_first_is_rung() -> None:
    agents = [FreeAgent("ben", CARE, 10.0), FreeAgent("ann", CARE, 10.0)]
    assert longest_idle(needs(), agents) == agents[0]


def test_the_first_caller_whom_somebody_can_serve_is_offered() -> None:
    waiting = [
        Waiting("late", needs(), order_key(20.0)),
        Waiting("early", needs(), order_key(10.0)),
        Waiting("first, but nobody has it", needs("billing"), order_key(0.0, urgent=True)),
    ]
    agents = [FreeAgent("ann", CARE, 1.0)]
    assert next_pair(waiting, agents) == (waiting[1], agents[0])
    assert next_pair(waiting, []) is None
    assert next_pair([], agents) is None
