"""A caller and an agent are brought together once, or the caller is back at the very same place."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from line_world import NOW, LineWorld
from redis import Redis

from ivr.errors import StoreDown
from ivr.routing.skills import Ability
from ivr.store.embedded import Embedded
from ivr.store.line_keys import CANCEL_LIFE_S
from ivr.store.offers import GRACE_S, MOST_MISSES, REST_S, UNRUNG_S, RedisOffers


@pytest.fixture
def world(client: Redis) -> LineWorld:
    return LineWorld(client)


def test_the_first_caller_is_offered_to_the_agent_idle_for_longest(world: LineWorld) -> None:
    world.has_agents("ben", "ann")
    world.takes("a")
    world.takes("b")
    assert world.pair() == ("a", "ben")
    assert world.pair() == ("b", "ann")
    assert world.pair() is None


def test_several_are_offered_at_once_as_they_would_be_one_after_another(world: LineWorld) -> None:
    def pairs(most: int) -> list[tuple[str, str]]:
        world.client.flushall()
        world.has_agents("ann", "ben", "cid", skills=("fibre",))
        for call, skills in (("a", ()), ("b", ("fibre",)), ("c", ("roaming",)), ("d", ()), ("e", ())):
            world.takes(call, skills=skills)
            world.waits(1)
        made = []
        while offers := world.offers.next_offers("h", now=world.now, most=most):
            assert len({offer.token for offer in offers}) == len(offers)
            made += [(offer.call, offer.agent) for offer in offers]
        return made

    assert pairs(8) == pairs(2) == pairs(1) == [("a", "ann"), ("b", "ben"), ("d", "cid")]


def test_an_offer_tells_what_the_agent_shall_know(world: LineWorld) -> None:  # R76
    world.has_agents("ann")
    world.takes("a", context={"name": "李女士", "answered": ["balance"]})
    world.waits(25)
    offer = world.offers_next(leg="")
    assert (offer.call, offer.agent, offer.phone, offer.queue) == ("a", "ann", "phone of ann", "care")
    assert offer.context == {"name": "李女士", "answered": ["balance"]}
    assert (offer.waited_s, offer.made_at, offer.deadline, offer.times) == (25, world.now, world.now + UNRUNG_S, 1)
    assert world.offers.find(offer.token, now=world.now) == offer


def test_skills_and_language_decide_who_can_serve(world: LineWorld) -> None:  # R57
    care = frozenset({"care"})
    world.declares(
        {
            "novice": Ability(care, languages=frozenset({"en"})),
            "fitter": Ability(care, {"fibre": 1}, frozenset({"en"})),
            "reader": Ability(care, {"fibre": 1, "billing": 1}, frozenset({"zh"})),
            "seller": Ability(frozenset({"sales"})),
        }
    )
    for name in ("novice", "fitter", "reader", "seller"):
        world.signs_in(name)
    world.takes("a", skills=("fibre", "billing"), language="en")
    assert world.pair() is None
    world.takes("b", skills=("fibre",), language="zh")
    world.takes("c", skills=("fibre",), language="en")
    assert world.pair() == ("b", "reader")
    assert world.pair() == ("c", "fitter")
    assert world.in_line() == ["a", "b", "c"]


def test_a_caller_nobody_free_can_serve_holds_up_nobody_behind(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a", skills=("nobody has it",), urgent=True)
    world.takes("b")
    assert world.pair() == ("b", "ann")


def test_an_agent_connects_exactly_once(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    world.waits(30)
    offer = world.offers_next()
    taken = world.takes_call(offer)
    assert (taken.offer.call, taken.offer.agent, taken.waited_s, taken.at) == ("a", "ann", 30, world.now)
    assert world.agent("ann").state == "on_call"
    assert world.agent("ann").call == "a"
    assert world.in_line() == []
    world.waits(5)
    assert world.takes_call(offer) == taken, "a doubled webhook hears the same"
    assert world.agent("ann").calls_taken == 1
    assert world.misses(offer) is None


def test_a_talk_can_be_found_by_its_call(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    assert world.offers.talk("h", "a", now=world.now) is None
    taken = world.takes_call(offer)
    assert world.offers.talk("h", "a", now=world.now) == taken
    world.finishes(offer)
    assert world.offers.talk("h", "a", now=world.now) is None


def test_a_finished_talk_is_finished_once(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.takes_call(offer)
    world.waits(90)
    done = world.finishes(offer)
    assert (done.call, done.agent, done.talked_s) == ("a", "ann", 90)
    assert world.finishes(offer) is None
    assert world.takes_call(offer) is None
    assert world.offers.find(offer.token, now=world.now) is None


def test_an_old_end_of_talk_does_not_end_the_next_one(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    first = world.offers_next()
    world.takes_call(first)
    world.finishes(first)
    world.takes("b")
    second = world.offers_next()
    world.takes_call(second)
    world.finishes(first)
    assert world.agent("ann").state == "on_call"


@pytest.mark.parametrize("why", ["no_answer", "busy", "declined"])
def test_a_missed_caller_is_back_at_the_very_same_place_and_others_come_first(world: LineWorld, why: str) -> None:
    world.has_agents("ann", "ben")
    world.takes("a")
    world.waits(1)
    world.takes("b")
    offer = world.offers_next()
    missed = world.misses(offer, why)
    assert (missed.call, missed.agent, missed.state, missed.misses) == ("a", "ann", "ready", 1)
    assert world.asks("a").position == 1
    assert world.pair() == ("a", "ben")
    assert world.pair() is None, "ann rests, though b waits"
    world.waits(REST_S)
    assert world.pair() == ("b", "ann")
    (offered, told), missed = world.told("a")[:2]
    assert (offered, told["agent"], told["queue"], told["times"]) == ("offered", "ann", "care", 1)
    assert missed == ("missed", {"agent": "ann", "why": why})


def test_a_miss_told_twice_counts_once(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.misses(offer)
    assert world.misses(offer) is None
    assert world.agent("ann").misses == 1


def test_misses_in_a_row_take_an_agent_out(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    for _ in range(MOST_MISSES):
        world.misses(world.offers_next())
        world.waits(REST_S)
    assert world.agent("ann").state == "not_answering"
    assert world.pair() is None
    world.signs_in("ann")
    assert world.agent("ann").misses == 0
    assert world.pair() == ("a", "ann")


def test_a_call_taken_ends_the_row_of_misses(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    for _ in range(MOST_MISSES - 1):
        world.misses(world.offers_next())
        world.waits(REST_S)
    offer = world.offers_next()
    world.takes_call(offer)
    world.finishes(offer)
    world.takes("b")
    assert world.misses(world.offers_next()).misses == 1


def test_a_fault_of_the_carrier_is_not_counted_against_the_agent(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    for _ in range(MOST_MISSES + 2):
        world.misses(world.offers_next(), "fault")
        world.waits(REST_S)
    assert world.agent("ann").state == "ready"


def test_a_caller_whom_everybody_declines_is_still_first(world: LineWorld) -> None:
    world.has_agents("ann", "ben", "cho")
    world.takes("a")
    world.waits(1)
    world.takes("b")
    for _ in range(3):
        offer = world.offers_next()
        assert offer.call == "a"
        world.misses(offer, "declined")
    assert world.pair() is None
    assert world.asks("a").position == 1
    world.waits(REST_S)
    assert world.pair() == ("a", "ann")


def test_all_agents_gone_loses_nobody(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    for call in "abc":
        world.takes(call)
    world.offers_next()
    world.signs_out("ann")
    world.signs_out("ben")
    world.declares({})
    assert world.in_line() == ["a", "b", "c"]
    world.has_agents("zoe")
    assert world.pair() == ("a", "zoe")


def test_a_caller_who_hangs_up_while_the_phone_rings_frees_the_agent(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    world.takes("a")
    offer = world.offers_next()
    world.waits(5)
    left = world.line.caller_gone("h", "a", now=world.now)
    assert left.offer.token == offer.token
    assert (left.offer.leg, left.waited_s) == ("leg", 5)
    assert world.to_cancel() == [offer.token]
    assert world.takes_call(offer) is None
    assert world.agent("ann").misses == 0
    world.takes("b")
    assert world.pair() == ("b", "ann"), "the place among the idle is kept"
    world.offers.cancelled(offer.token, now=world.now)
    assert world.to_cancel() == []


def test_a_caller_unknown_to_the_line_leaves_nothing(world: LineWorld) -> None:
    assert world.line.caller_gone("h", "nobody", now=world.now) is None


def test_a_caller_who_hangs_up_as_the_agent_answers_ends_the_agents_leg(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.takes_call(offer)
    world.leaves("a")
    assert world.to_cancel() == [offer.token]
    assert world.finishes(offer) is not None
    assert world.agent("ann").state == "ready"
    assert world.to_cancel() == []


def test_a_leg_that_got_its_name_too_late_is_cancelled_all_the_same(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next(leg=None)
    world.leaves("a")
    assert world.to_cancel() == []
    assert not world.offers.rung(offer.token, "leg", now=world.now)
    assert world.to_cancel() == [offer.token]


def test_rings_nobody_could_cancel_are_forgotten(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    world.offers_next()
    world.leaves("a")
    world.waits(CANCEL_LIFE_S)
    world.expires()
    assert world.to_cancel() == []
    assert world.kept("o") == []


def test_an_offer_nobody_answers_ends_at_its_deadline(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    world.takes("a")
    offer = world.offers_next(leg="")
    world.waits(5)
    world.offers.rung(offer.token, "leg", now=world.now, ring_s=20)
    world.waits(20 + GRACE_S - 1)
    assert world.expires() == ()
    world.waits(1)
    assert world.expires() == (offer.token,)
    assert world.expires() == ()
    assert world.agent("ann").misses == 1
    assert world.to_cancel() == [offer.token]
    assert world.takes_call(offer) is None
    assert world.asks("a").position == 1
    assert world.pair() == ("a", "ben")


def test_an_agent_whose_phone_never_rang_has_missed_nothing(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next(leg=None)
    world.waits(60)
    assert world.expires() == (offer.token,)
    assert world.agent("ann").misses == 0


def test_an_answer_after_the_deadline_counts_while_the_caller_is_still_reserved(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.waits(600)
    assert world.takes_call(offer) is not None


def test_a_talk_whose_end_nobody_told_is_over_some_day(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.takes_call(offer)
    world.waits(4 * 3600 - 1)
    world.expires()
    assert world.agent("ann").state == "on_call"
    world.waits(1)
    world.expires()
    assert world.agent("ann").state == "ready"


def test_a_clock_set_back_makes_no_deadline_late(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    world.takes("a")
    offer = world.offers_next()
    world.expires()
    world.waits(-3600)
    assert world.expires() == ()
    world.waits(20 + GRACE_S)
    assert world.expires() == (offer.token,)
    world.waits(REST_S)
    assert world.pair() == ("a", "ben")


def test_a_second_or_two_between_two_machines_moves_no_deadline(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    for _ in range(30):
        world.waits(-2)
        assert world.expires() == ()
        world.waits(2)
        assert world.expires() == ()
    assert world.takes_call(offer) is not None


@pytest.mark.parametrize(
    "nonsense", ["", "h", "h.", "h.xyz", "{h}.0123456789abcdef", "h.0123456789abcdef", "夜" * 5000]
)
def test_a_token_nobody_gave_out_finds_no_offer(world: LineWorld, nonsense: str) -> None:
    offers, now = world.offers, world.now
    assert offers.take(nonsense, now=now) is None
    assert offers.find(nonsense, now=now) is None
    assert offers.miss(nonsense, "busy", now=now) is None
    assert offers.finish(nonsense, now=now) is None
    assert not offers.rung(nonsense, "leg", now=now)
    offers.cancelled(nonsense, now=now)


def test_an_offer_whose_answer_was_lost_is_found_again(world: LineWorld) -> None:
    class LosesOneAnswer(RedisOffers):
        lost = False

        def _run(self, *arguments):
            answer = super()._run(*arguments)
            if not self.lost:
                self.lost = True
                raise StoreDown("the answer was lost on the way")
            return answer

    world.has_agents("ann", "ben")
    world.takes("a")
    world.takes("b")
    offers = LosesOneAnswer(world.client)
    with pytest.raises(StoreDown):
        offers.next_offers("h", now=world.now)
    (found,) = offers.next_offers("h", now=world.now)
    assert (found.call, found.agent) == ("a", "ann")
    assert [offer.call for offer in offers.next_offers("h", now=world.now)] == ["b"]


def test_a_lost_offer_that_ended_meanwhile_is_not_given_out_again(world: LineWorld) -> None:
    class LosesAnswers(RedisOffers):
        def _run(self, *arguments):
            super()._run(*arguments)
            raise StoreDown("the answer was lost on the way")

    world.has_agents("ann")
    world.takes("a")
    offers = LosesAnswers(world.client)
    with pytest.raises(StoreDown):
        offers.next_offers("h", now=world.now)
    world.leaves("a")
    world.takes("b")
    whole = RedisOffers(world.client)
    whole._unheard.update(offers._unheard)
    assert not whole.next_offers("h", now=world.now)
    assert [offer.call for offer in whole.next_offers("h", now=world.now)] == ["b"]


def test_two_agents_pressing_1_at_once_get_one_caller_each(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    world.takes("a")
    first = world.offers_next()
    world.waits(20 + GRACE_S)
    world.expires()
    second = world.offers_next()
    assert (first.agent, second.agent) == ("ann", "ben")
    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(world.takes_call, [first, second] * 10))
    assert {one.offer.agent for one in taken if one} == {"ben"}
    assert [bool(one) for one in taken] == [False, True] * 10


def test_many_workers_at_once_offer_every_caller_and_every_agent_once(world: LineWorld) -> None:
    world.has_agents(*(f"agent {n}" for n in range(30)))
    for n in range(40):
        world.takes(f"call {n}")
    with ThreadPoolExecutor(8) as pool:
        looks = pool.map(lambda _: RedisOffers(world.client).next_offers("h", now=NOW), range(60))
        offers = [one for found in looks for one in found]
    assert len({one.call for one in offers}) == len({one.agent for one in offers}) == len(offers) == 30
    assert {one.call for one in offers} == {f"call {n}" for n in range(30)}


WORKER = """
import sys, time
from ivr.store.connect import connect
from ivr.store.offers import RedisOffers
(offer,) = RedisOffers(connect(sys.argv[1], timeout_s=60)).next_offers("h", now=float(sys.argv[2]))
print(offer.token, flush=True)
time.sleep(600)
"""


def test_a_worker_killed_between_reserving_and_ringing_loses_nobody(world: LineWorld, server: Embedded) -> None:
    world.has_agents("ann")
    world.takes("a")
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", WORKER, server.url, str(world.now)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(root)}
    ) as worker:
        token = worker.stdout.readline().strip()
        worker.send_signal(signal.SIGKILL)
    assert world.pair() is None
    assert world.asks("a").position == 1
    world.waits(UNRUNG_S)
    assert world.expires() == (token,)
    world.waits(REST_S)
    assert world.pair() == ("a", "ann")


def test_whom_a_dead_worker_did_not_come_to_ring_is_back_in_line_before_the_first_has_rung_out(
    world: LineWorld,
) -> None:
    world.has_agents("ann", "ben", "cid", "dan")
    for call in "abcd":
        world.takes(call)
    first, *others = world.offers.next_offers("h", now=world.now, most=4)
    assert world.offers.rung(first.token, "leg", now=world.now, ring_s=20)
    world.waits(UNRUNG_S - 1)
    assert world.expires() == ()
    world.waits(1)
    assert set(world.expires()) == {one.token for one in others}
    assert [world.asks(call).position for call in "abcd"] == [1, 2, 3, 4]
    assert [world.agent(name).misses for name in ("ben", "cid", "dan")] == [0, 0, 0]
    world.waits(REST_S)
    assert [world.pair() for _ in others] == [("b", "ben"), ("c", "cid"), ("d", "dan")]
    assert world.takes_call(first).offer.call == "a"


def test_a_phone_that_rings_later_than_was_waited_for_is_silenced(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next(leg=None)
    world.waits(UNRUNG_S)
    world.expires()
    assert not world.offers.rung(offer.token, "leg", now=world.now)
    assert world.to_cancel() == [offer.token]


def test_a_worker_killed_after_connecting_leaves_the_news_to_the_caller_s_next_question(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    taken = world.takes_call(world.offers_next())
    assert (world.asks("a").agent, world.asks("a").room) == ("ann", taken.room)
