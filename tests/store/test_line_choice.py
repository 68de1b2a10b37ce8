"""Whose turn it is and who is rung: rates, levels, strategies, preferred agents, helpers, kept seats."""

import pytest
from line_world import LineWorld
from redis import Redis

from ivr.call.tasks import AskPlace, Target
from ivr.routing.assign import Policy
from ivr.routing.skills import Ability
from ivr.routing.why import Score
from ivr.store.line import Priority
from ivr.store.offers import REST_S

CARE = Ability(frozenset({"care"}))
BOTH = Ability(frozenset({"care", "sales"}))


@pytest.fixture
def world(client: Redis) -> LineWorld:
    return LineWorld(client)


def works(world: LineWorld, abilities: dict[str, Ability], **policies: Policy) -> None:
    """Exactly these agents, signed in a second apart."""
    world.declares(abilities, **policies)
    for name in abilities:
        world.signs_in(name)
        world.waits(1)


# --- order


def test_a_wait_that_counts_double_passes_one_that_began_before(world: LineWorld) -> None:
    world.takes("early")
    world.waits(50)
    world.takes("gold", rate=2.0)
    world.waits(40)
    assert world.in_line() == ["early", "gold"]
    assert world.asks("gold").position == 2
    world.waits(20)
    assert world.in_line() == ["gold", "early"]
    assert world.asks("gold").position == 1
    works(world, {"ann": CARE})
    assert world.pair() == ("gold", "ann")


def test_urgent_callers_stand_before_every_rate(world: LineWorld) -> None:  # R65
    world.takes("gold", rate=10.0)
    world.waits(500)
    world.takes("outage", urgent=True)
    assert world.in_line() == ["outage", "gold"]


def test_a_priority_can_change_while_waiting(world: LineWorld) -> None:
    world.takes("a")
    world.waits(10)
    world.takes("b")
    assert world.line.change("h", "b", Priority(head_start_s=30, head_starts={"upset": 30}), now=world.now) == 1
    assert world.line.change("h", "b", Priority(), now=world.now) == 2
    assert world.line.change("h", "b", Priority(urgent=True), now=world.now) == 1
    assert world.line.change("h", "nobody", Priority(), now=world.now) is None
    works(world, {"ann": CARE})
    assert world.pair() == ("b", "ann")


# --- who is rung


def test_levels_decide_who_can(world: LineWorld) -> None:  # R57
    queue = frozenset({"care"})
    works(world, {"ann": Ability(queue, {"fibre": 1}), "ben": Ability(queue, {"fibre": 3})})
    world.takes("a", skills={"fibre": 2})
    assert world.pair() == ("a", "ben")


def test_by_even_load_who_had_fewest_calls_is_rung(world: LineWorld) -> None:  # R67
    works(world, {"ann": CARE, "ben": CARE}, care=Policy("even_load"))
    for call in "abc":
        world.takes(call)
    first, second = world.offers_next(), world.offers_next()
    assert [first.agent, second.agent] == ["ann", "ben"]
    world.takes_call(second)
    world.finishes(second)
    world.misses(first, "fault")
    world.waits(REST_S)
    assert world.pair() == ("a", "ann"), "ben is free for longer, but has had a call"


def test_who_signs_in_late_is_not_rung_until_he_has_caught_up(world: LineWorld) -> None:
    works(world, {"ann": CARE, "ben": CARE}, care=Policy("even_load"))
    world.signs_out("ben")
    for call in "abc":
        world.takes(call)
        offer = world.offers_next()
        world.takes_call(offer)
        world.finishes(offer)
    assert world.signs_in("ben").load == world.agent("ann").load == 3


def test_by_ability_the_most_able_is_rung(world: LineWorld) -> None:  # R69
    queue = frozenset({"care"})
    able = {"ann": Ability(queue, {"fibre": 2, "grade": 5}), "ben": Ability(queue, {"fibre": 4, "grade": 1})}
    works(world, able, care=Policy("ability"))
    world.takes("a", skills={"fibre": 1})
    assert world.pair() == ("a", "ben")
    world.takes("b")
    assert world.pair() == ("b", "ann")


def test_agents_who_are_not_to_meet_a_caller_are_passed_over(world: LineWorld) -> None:
    works(world, {"ann": CARE, "ben": CARE})
    world.takes("a", never=("ann",))
    world.takes("b", never=("ann", "ben"))
    assert world.pair() == ("a", "ben")
    assert world.pair() is None


def test_the_familiar_agent_is_rung_alone_for_a_while(world: LineWorld) -> None:  # R68
    works(world, {"ann": CARE, "ben": CARE})
    world.takes("x")
    busy = world.offers_next()
    world.takes_call(busy)
    assert busy.agent == "ann"
    world.takes("a", preferred=(Target("care", agent="ann", why="familiar", for_s=30),))
    assert world.pair() is None, "ann talks, and ben is not asked yet"
    world.waits(29)
    world.expires()
    assert world.pair() is None
    world.waits(1)
    world.expires()
    assert world.pair() == ("a", "ben")


def test_the_familiar_agent_is_rung_before_who_rests_longer(world: LineWorld) -> None:  # R68
    works(world, {"ann": CARE, "ben": CARE})
    world.takes("a", preferred=(Target("care", agent="ben", why="familiar", for_s=30),))
    offer = world.offers_next()
    assert (offer.agent, world.why().group) == ("ben", "familiar")


def test_nobody_waits_for_a_familiar_agent_who_is_not_there_or_not_able(world: LineWorld) -> None:
    works(world, {"ann": CARE, "ben": CARE, "eve": Ability(frozenset({"sales"}))})
    world.signs_out("ben")
    for call, agent in (("a", "ben"), ("b", "eve"), ("c", "nobody")):
        world.takes(call, preferred=(Target("care", agent=agent, why="familiar", for_s=30),))
    assert world.pair() == ("a", "ann")


def test_a_familiar_agent_who_declines_is_not_waited_for(world: LineWorld) -> None:
    works(world, {"ann": CARE, "ben": CARE})
    world.takes("a", preferred=(Target("care", agent="ben", why="familiar", for_s=300),))
    world.misses(world.offers_next(), "declined")
    assert world.pair() == ("a", "ann")


def test_seniors_are_tried_first_then_everybody(world: LineWorld) -> None:  # R56 R65
    queue = frozenset({"care"})
    works(world, {"new": Ability(queue, {"grade": 1}), "old": Ability(queue, {"grade": 4})})
    world.takes("a", preferred=(Target("care", {"grade": 3}, why="seniors", for_s=60),))
    world.takes("b", preferred=(Target("care", {"grade": 3}, why="seniors", for_s=60),))
    offer = world.offers_next()
    assert (offer.call, offer.agent) == ("a", "old")
    world.takes_call(offer)
    assert world.pair() is None
    world.waits(60)
    world.expires()
    assert world.pair() == ("b", "new")


# --- helping out


def test_others_help_out_after_a_time_at_the_place_that_was_kept(world: LineWorld) -> None:  # R71
    works(world, {"ann": Ability(frozenset({"sales"}))})
    helps = Target("sales", why="overflow", after_s=60)
    world.takes("a", overflow=(helps,))
    world.waits(59)
    world.takes("seller's own", "sales")
    offer = world.offers_next()
    assert offer.call == "seller's own"
    world.misses(offer)
    world.waits(REST_S)
    world.expires()
    offer = world.offers_next()
    assert (offer.call, offer.agent, offer.queue, world.why().group) == ("a", "ann", "care", "overflow")


def test_others_help_out_only_while_all_are_busy(world: LineWorld) -> None:  # R71
    works(world, {"ann": Ability(frozenset({"care"}), {"fibre": 1}), "eve": Ability(frozenset({"sales"}))})
    busy = Target("sales", why="overflow", only_if="all_busy")
    world.takes("a", skills={"fibre": 1}, overflow=(busy,))
    world.takes("b", skills={"fibre": 1}, overflow=(busy,))
    assert world.pair() == ("a", "ann")
    assert world.pair() is None
    world.waits(5)
    world.expires()
    assert world.pair() == ("b", "eve")


def test_others_help_out_when_all_are_out(world: LineWorld) -> None:  # R71
    works(world, {"ann": CARE, "eve": Ability(frozenset({"sales"}))})
    world.takes("a", overflow=(Target("sales", why="overflow", only_if="all_out"),))
    world.takes("b", overflow=(Target("sales", why="overflow", only_if="all_out"),))
    assert world.pair() == ("a", "ann")
    world.waits(5)
    world.expires()
    assert world.pair() is None, "ann is rung, so not all are out"
    world.pauses("ann", "lunch")
    world.waits(5)
    world.expires()
    assert world.pair() == ("a", "eve")


def test_of_two_steps_to_one_queue_the_one_that_holds_first_counts(world: LineWorld) -> None:  # R71
    works(world, {"ann": CARE, "eve": Ability(frozenset({"sales"}))})
    steps = Target("sales", why="overflow", after_s=60), Target("sales", why="overflow", only_if="all_busy")
    world.takes("a", overflow=steps)
    assert world.pair() == ("a", "ann")
    world.takes("b", overflow=steps)
    assert world.pair() == ("b", "eve"), "all are busy"


def test_the_second_of_two_steps_to_one_queue_holds_by_itself(world: LineWorld) -> None:  # R71
    works(world, {"ann": CARE, "eve": Ability(frozenset({"sales"}))})
    world.takes("talks to ann")
    world.takes_call(world.offers_next())
    steps = Target("sales", why="overflow", only_if="all_out"), Target("sales", why="overflow", after_s=60)
    world.takes("a", overflow=steps)
    for _ in range(11):
        world.waits(5)
        world.expires()
        assert world.pair() is None
    world.waits(5)
    world.expires()
    assert world.pair() == ("a", "eve")
    assert world.why().group == "overflow"


def test_who_leaves_waits_nowhere(world: LineWorld) -> None:
    works(world, {"ann": BOTH})
    world.takes("a", overflow=(Target("sales", why="overflow"),), preferred=(Target("care", {"grade": 9}, for_s=5),))
    world.leaves("a")
    assert world.pair() is None
    world.waits(100)
    world.expires()
    assert world.pair() is None


# --- kept seats


def test_kept_seats_are_not_used_up_by_others(world: LineWorld) -> None:  # R25 R66
    works(world, {"ann": BOTH, "ben": BOTH}, sales=Policy(seats=1))
    world.takes("a", "care")
    world.takes("b", "care")
    assert world.pair() == ("a", "ann")
    assert world.pair() is None
    world.takes("buyer", "sales", seats=("sales",))
    assert world.pair() == ("buyer", "ben")


def test_a_right_to_kept_seats_holds_in_another_line_too(world: LineWorld) -> None:  # R25
    works(world, {"ann": BOTH}, sales=Policy(seats=1))
    world.takes("early", "care")
    world.takes("gold", "care", seats=("sales",))
    assert world.pair() == ("gold", "ann")


# --- why


def test_every_offer_says_why_and_who_came_second(world: LineWorld) -> None:
    works(world, {"ann": CARE, "ben": CARE})
    world.takes("a", head_start_s=120, head_starts={"gold": 120}, rate=2.0, caller_class="gold")
    world.takes("b", skills={}, language="")
    world.waits(30)
    assert world.offers_next()
    why = world.why()
    assert why.score == Score(30, 2.0, 120, {"gold": 120})
    assert (why.group, why.assign, why.caller_class, why.load) == ("queue", "longest_idle", "gold", 0)
    assert (why.next_call, why.next_score_s, why.next_agent, why.idle_s) == ("b", 30, "ben", 32)
    (_, told), *_ = world.told("a")
    assert told["why"]["next_call"] == "b", "the records keep it too"


def test_who_has_no_rival_is_told_without_one(world: LineWorld) -> None:
    works(world, {"ann": CARE})
    world.takes("a")
    world.takes("b", skills={"fibre": 1})
    assert world.offers_next()
    why = world.why()
    assert (why.next_call, why.next_agent) == ("", "")


# --- pace


def test_a_wait_is_foretold_from_the_pace_of_a_queue(world: LineWorld) -> None:  # R64
    works(world, {"ann": CARE})
    assert world.takes("early", foretell=True).wait is None
    world.leaves("early")
    for call in "abc":
        world.takes(call)
        offer = world.offers_next()
        world.takes_call(offer)
        world.waits(285)
        world.finishes(offer, wrap_up_s=15)
        world.waits(15)
        world.expires()
    load = world.line.load("h", "care", now=world.now)
    assert (load.talks, load.pace_s, load.free, load.busy) == (3, 300, 1, 0)
    placed = [world.takes(call, foretell=True) for call in "def"]
    assert placed[0].wait == (0, 60), "ann is free"
    least_s, most_s = placed[2].wait
    assert least_s < 600 < most_s
    asked = world.line.ask("h", "f", AskPlace("care", foretell=True), now=world.now)
    assert asked == placed[2]
    assert world.asks("f").wait is None
