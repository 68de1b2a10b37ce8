"""What agents are doing, and how signing in and out goes with calls under way."""

import pytest
from line_world import NOW, LineWorld
from redis import Redis

from ivr.routing.assign import Policy
from ivr.routing.skills import Ability
from ivr.store.agents import BEAT_S, UnknownAgent
from ivr.store.offer import Offer

CARE = Ability(frozenset({"care"}))
SALES = Ability(frozenset({"sales"}))


@pytest.fixture
def world(client: Redis) -> LineWorld:
    return LineWorld(client)


def test_a_declared_agent_is_signed_out(world: LineWorld) -> None:
    world.declares({"ann": Ability(frozenset({"care", "sales"}), {"fibre": 1}, frozenset({"en", "zh"}))})
    ann = world.agent("ann")
    assert (ann.state, ann.phone, ann.since) == ("signed_out", "phone of ann", NOW)
    assert ann.ability == Ability(frozenset({"care", "sales"}), {"fibre": 1}, frozenset({"en", "zh"}))


def test_an_unknown_agent_cannot_sign_in(world: LineWorld) -> None:
    world.declares({"ann": CARE, "ben": CARE})
    with pytest.raises(UnknownAgent, match="h has no agent 'anne'; did you mean 'ann'"):
        world.signs_in("anne")
    with pytest.raises(UnknownAgent, match="there are ann, ben"):
        world.signs_out("zoe")


def test_signing_in_twice_keeps_the_place_among_the_idle(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    world.signs_in("ann")
    world.takes("a")
    assert world.pair() == ("a", "ann")


def test_a_pause_has_a_reason_and_signing_in_ends_it(world: LineWorld) -> None:
    world.has_agents("ann")
    assert world.pauses("ann", "lunch").reason == "lunch"
    world.takes("a")
    assert world.pair() is None
    assert (world.signs_in("ann").state, world.agent("ann").reason) == ("ready", "")
    assert world.pair() == ("a", "ann")


def test_signed_out_agents_are_not_rung(world: LineWorld) -> None:
    world.has_agents("ann")
    world.signs_out("ann")
    world.takes("a")
    assert world.pair() is None


def test_signing_out_while_the_phone_rings_gives_the_caller_back(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    world.takes("a")
    offer = world.offers_next()
    assert world.signs_out("ann").state == "signed_out"
    assert world.to_cancel() == [offer.token]
    assert world.takes_call(offer) is None
    assert world.pair() == ("a", "ben")
    assert world.told("a")[1] == ("missed", {"agent": "ann", "why": "signed_out"})


@pytest.mark.parametrize(("ask", "becomes"), [("signs_out", "signed_out"), ("pauses", "paused")])
def test_signing_out_in_a_talk_waits_for_its_end(world: LineWorld, ask: str, becomes: str) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.takes_call(offer)
    agent = world.pauses("ann", "lunch") if ask == "pauses" else world.signs_out("ann")
    assert (agent.state, agent.then) == ("on_call", becomes)
    world.finishes(offer, wrap_up_s=30)
    ann = world.agent("ann")
    assert (ann.state, ann.then) == (becomes, "")
    assert ann.reason == ("lunch" if becomes == "paused" else "")


def test_signing_in_again_in_a_talk_takes_the_signing_out_back(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.takes_call(offer)
    world.signs_out("ann")
    world.signs_in("ann")
    world.finishes(offer)
    assert world.agent("ann").state == "ready"


def test_wrap_up_ends_by_itself(world: LineWorld) -> None:  # R70
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.takes_call(offer)
    world.finishes(offer, wrap_up_s=15)
    world.takes("b")
    assert world.agent("ann").state == "wrap_up"
    assert world.pair() is None
    world.waits(15)
    assert world.pair() == ("b", "ann")


def test_signing_in_ends_wrap_up_early(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.takes_call(offer)
    world.finishes(offer, wrap_up_s=600)
    world.signs_in("ann")
    world.takes("b")
    world.takes_call(world.offers_next())
    world.waits(600)
    world.expires()
    assert world.agent("ann").state == "on_call", "the wrap-up that was cut short ends no second time"


def test_calls_taken_count_from_signing_in(world: LineWorld) -> None:
    world.has_agents("ann")
    for call in ("a", "b"):
        world.takes(call)
        offer = world.offers_next()
        world.takes_call(offer)
        world.finishes(offer)
    assert world.agent("ann").calls_taken == 2
    world.signs_out("ann")
    assert world.signs_in("ann").calls_taken == 0


def test_an_agent_in_two_queues_takes_one_call_at_a_time(world: LineWorld) -> None:  # R70
    world.has_agents("ann", queues=("care", "sales"))
    world.takes("a", "sales")
    world.takes("b", "care")
    offer = world.offers_next()
    assert offer.call == "a"
    assert world.pair() is None
    world.takes_call(offer)
    assert world.pair() is None
    world.finishes(offer)
    assert world.pair() == ("b", "ann")


def test_a_changed_declaration_counts_at_once_and_keeps_the_rest(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    world.declares({"ann": SALES, "ben": SALES})
    world.takes("a", "care")
    assert world.pair() is None
    world.takes("b", "sales")
    assert world.pair() == ("b", "ann")


def test_a_declaration_that_changes_in_a_talk_counts_after_it(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.declares({"ann": SALES})
    world.leaves("a")
    world.takes("b", "sales")
    assert world.pair() == ("b", "ann"), "also where the ring was cancelled"
    assert world.to_cancel() == [offer.token]


def test_an_agent_no_longer_declared_goes_after_the_call(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    world.takes("a")
    offer = world.offers_next()
    world.takes_call(offer)
    world.declares({})
    assert world.agents.all("h", now=world.now) == ()
    assert world.finishes(offer) is not None
    world.takes("b")
    assert world.pair() is None
    with pytest.raises(UnknownAgent, match="there are none"):
        world.signs_in("ann")
    world.declares({})
    assert world.kept("a") == []


def test_an_agent_declared_again_signs_in_again(world: LineWorld) -> None:
    world.has_agents("ann")
    world.declares({})
    world.declares({"ann": CARE})
    assert world.agent("ann").state == "signed_out"
    assert world.signs_in("ann").state == "ready"


def test_declaring_the_same_changes_nothing(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    before = world.agents.all("h", now=world.now)
    world.declares({"ann": CARE, "ben": CARE})
    assert world.agents.all("h", now=world.now) == before
    world.takes("a")
    assert world.pair() == ("a", "ann")


def passes(world: LineWorld, seconds: float) -> None:
    """Somebody looks for overdue things every second."""
    world.expires()
    for _ in range(int(seconds)):
        world.waits(1)
        world.expires()


def test_a_desk_that_falls_silent_takes_its_agent_out(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    assert world.agents.beat("h", "ann", now=world.now)
    passes(world, BEAT_S - 1)
    assert world.agents.beat("h", "ann", now=world.now)
    passes(world, BEAT_S - 1)
    assert world.agent("ann").state == "ready"
    passes(world, 1)
    assert (world.agent("ann").state, world.agent("ann").reason) == ("not_answering", "silent")
    assert world.agent("ben").state == "ready", "whose phone has no desk need not tell that it is alive"
    assert not world.agents.beat("h", "ann", now=world.now)


def test_a_silent_desk_cuts_no_call_and_loses_no_caller(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    world.takes("a")
    talk = world.offers_next()
    world.takes_call(talk)
    world.takes("b")
    ring = world.offers_next()
    for name in ("ann", "ben"):
        world.agents.beat("h", name, now=world.now)
    passes(world, BEAT_S)
    assert (world.agent("ann").state, world.agent("ann").then) == ("on_call", "not_answering")
    assert (world.agent("ben").state, world.asks("b").position) == ("not_answering", 1)
    assert world.to_cancel() == [ring.token]
    world.finishes(talk)
    assert world.agent("ann").state == "not_answering"


def held_at_a_desk(world: LineWorld) -> Offer:
    """Ann's talk, whose desk has just told that it is alive."""
    world.has_agents("ann")
    world.takes("a")
    talk = world.offers_next()
    world.offers.rung(talk.token, "leg", now=world.now)
    world.takes_call(talk)
    world.agents.beat("h", "ann", held=talk.token, now=world.now)
    return talk


def test_a_talk_held_at_a_desk_ends_with_the_desk(world: LineWorld) -> None:
    talk = held_at_a_desk(world)
    passes(world, BEAT_S - 1)
    assert world.to_cancel() == []
    passes(world, 1)
    assert world.to_cancel() == [talk.token]
    world.finishes(talk)
    assert (world.agent("ann").state, world.to_cancel()) == ("not_answering", [])


def test_another_desk_of_an_agent_keeps_no_talk_alive(world: LineWorld) -> None:
    talk = held_at_a_desk(world)
    passes(world, BEAT_S - 1)
    assert world.agents.beat("h", "ann", now=world.now)
    passes(world, 1)
    assert world.to_cancel() == [talk.token]


def test_time_in_which_nobody_listened_silences_no_desk(world: LineWorld) -> None:
    """The server was down, and comes back before the desks do."""
    world.has_agents("ann")
    world.agents.beat("h", "ann", now=world.now)
    passes(world, 1)
    world.waits(600)
    world.expires()
    assert world.agent("ann").state == "ready"
    passes(world, BEAT_S)
    assert world.agent("ann").state == "not_answering"


def test_who_signs_in_elsewhere_is_not_measured_by_the_desk_left_behind(world: LineWorld) -> None:
    world.has_agents("ann")
    world.agents.beat("h", "ann", now=world.now)
    world.agents.sign_out("h", "ann", now=world.now)
    world.agents.sign_in("h", "ann", now=world.now, phone="+12025550111")
    passes(world, BEAT_S)
    assert world.agent("ann").state == "ready"


def test_an_agent_in_two_places_is_rung_where_he_signed_in_last(world: LineWorld) -> None:
    world.has_agents("ann")
    world.agents.sign_in("h", "ann", now=world.now, phone="client:desk")
    world.agents.sign_in("h", "ann", now=world.now, phone="client:home")
    world.takes("a")
    world.takes("b")
    assert world.offers_next().phone == "client:home"
    assert world.offers_next() is None, "one agent has one call, wherever signed in"


def test_each_queue_says_how_many_misses_are_too_many(world: LineWorld) -> None:
    world.declares({"ann": CARE}, care=Policy(rings_before_out=1))
    world.signs_in("ann")
    world.takes("a")
    world.misses(world.offers_next())
    assert world.agent("ann").state == "not_answering"


def test_an_agent_who_learns_something_is_found_by_it_at_once(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a", skills=("fibre",))
    assert world.offers_next() is None
    world.declares({"ann": Ability(frozenset({"care"}), {"fibre": 1})})
    assert world.pair() == ("a", "ann")


@pytest.mark.parametrize(("wrap_up_s", "ends_after_s"), [(0, 0), (15, 15), (600, 90)])
def test_a_wrap_up_can_be_made_shorter_and_never_longer(
    world: LineWorld, wrap_up_s: float, ends_after_s: float
) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.takes_call(offer)
    world.offers.finish(offer.token, now=world.now, wrap_up_s=5, held_s=90)
    world.agents.free(world.hotline, "ann", now=world.now, wrap_up_s=wrap_up_s)
    for second in range(ends_after_s):
        assert world.agent("ann").state == "wrap_up", second
        world.waits(1)
        world.expires()
    assert world.agent("ann").state == "ready"


def test_who_is_in_a_talk_is_not_freed_from_it(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    world.takes_call(world.offers_next())
    world.agents.free(world.hotline, "ann", now=world.now, wrap_up_s=0)
    assert world.agent("ann").state == "on_call"
