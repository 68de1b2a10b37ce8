"""Places in line: taken once, kept, left once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from line_world import NOW, LineWorld
from redis import Redis

from ivr.call.events import AgentTook, NoPlace, Placed
from ivr.call.tasks import TakePlace
from ivr.errors import StoreDown
from ivr.store import line_keys
from ivr.store.connect import connect
from ivr.store.line import RedisLine


@pytest.fixture
def world(client: Redis) -> LineWorld:
    return LineWorld(client)


def test_callers_stand_in_the_order_they_came(world: LineWorld) -> None:  # R60
    assert world.takes("first") == Placed("care", 1, 1, NOW)
    world.waits(1)
    assert world.takes("second") == Placed("care", 2, 2, NOW + 1)
    assert world.in_line() == ["first", "second"]


def test_callers_of_one_and_the_same_moment_stand_in_the_order_they_came(world: LineWorld) -> None:
    names = [f"call {n}" for n in range(12)]
    for name in names:
        world.takes(name)
    assert world.in_line() == names


def test_the_time_of_a_place_comes_back_to_the_last_digit(world: LineWorld) -> None:
    world.now = 1_767_000_000.123456789
    assert world.takes("a").since == world.now
    assert world.asks("a").since == world.now


def test_a_place_taken_twice_is_one_place(world: LineWorld) -> None:
    world.takes("a")
    world.waits(10)
    world.takes("b")
    assert world.takes("a") == Placed("care", 1, 2, NOW)


def test_a_line_that_forgot_who_stood_in_it_gives_him_his_time_again(world: LineWorld) -> None:
    since = world.takes("a").since
    world.waits(60)
    world.client.flushdb()
    world.takes("b")
    world.waits(30)
    assert world.asks("a") == NoPlace("care", "down")
    assert world.takes("a", since=since) == Placed("care", 1, 2, since)
    assert world.in_line() == ["a", "b"]


def test_a_time_that_is_to_come_is_now(world: LineWorld) -> None:
    world.takes("a")
    assert world.takes("b", since=NOW + 600) == Placed("care", 2, 2, NOW)


def test_a_place_that_is_known_keeps_its_own_time(world: LineWorld) -> None:
    world.takes("a")
    world.waits(10)
    assert world.takes("a", since=NOW - 600).since == NOW


def test_a_place_taken_twenty_times_at_once_is_one_place(world: LineWorld) -> None:
    with ThreadPoolExecutor(20) as pool:
        places = list(pool.map(lambda _: world.takes("a"), range(20)))
    assert places == [Placed("care", 1, 1, NOW)] * 20


def test_a_head_start_passes_those_who_came_less_long_before(world: LineWorld) -> None:  # R61
    world.takes("a")
    world.waits(100)
    world.takes("b")
    world.waits(50)
    assert world.takes("gold", head_start_s=120).position == 2
    assert world.in_line() == ["a", "gold", "b"]


def test_an_urgent_caller_stands_before_every_head_start(world: LineWorld) -> None:  # R65
    world.takes("gold", head_start_s=7200)
    world.waits(60)
    assert world.takes("outage", urgent=True).position == 1


@pytest.mark.parametrize("nonsense", [float("nan"), float("inf"), -500.0])
def test_a_head_start_that_is_no_number_of_seconds_counts_nothing(world: LineWorld, nonsense: float) -> None:
    world.takes("a")
    world.waits(1)
    assert world.takes("b", head_start_s=nonsense).position == 2


def test_a_caller_who_counts_more_meanwhile_moves_up(world: LineWorld) -> None:
    world.takes("a")
    world.waits(10)
    world.takes("b")
    assert world.takes("b", head_start_s=60).position == 1


def test_positions_count_the_own_queue_only(world: LineWorld) -> None:  # R59
    world.takes("a", "sales")
    world.takes("b", "care")
    assert world.takes("c", "care") == Placed("care", 2, 2, NOW)


def test_positions_count_callers_of_all_skills_and_languages(world: LineWorld) -> None:
    world.takes("a", skills=("fibre",))
    world.takes("b", language="zh")
    assert world.takes("c").position == 3


def test_moving_to_another_queue_keeps_the_time(world: LineWorld) -> None:  # R74
    world.takes("a", "sales")
    world.waits(60)
    world.takes("b", "care")
    assert world.takes("a", "care") == Placed("care", 1, 2, NOW)
    assert world.in_line("sales") == []


def test_coming_back_to_the_line_within_the_call_keeps_the_time(world: LineWorld) -> None:
    world.takes("a")
    world.waits(60)
    world.takes("b")
    world.leaves("a", "voicemail")
    assert world.takes("a") == Placed("care", 1, 2, NOW)


def test_a_full_line_takes_nobody_more(world: LineWorld) -> None:  # R58
    for n in range(3):
        world.takes(f"call {n}", limit=3)
    assert world.takes("one too many", limit=3) == NoPlace("care", "full")
    world.leaves("call 0")
    assert world.takes("one too many", limit=3) == Placed("care", 3, 3, NOW)


def test_a_full_line_still_knows_who_stands_in_it(world: LineWorld) -> None:
    world.takes("a", limit=1)
    assert world.takes("a", limit=1) == Placed("care", 1, 1, NOW)


def test_a_full_line_elsewhere_leaves_the_place_that_is_held(world: LineWorld) -> None:
    world.takes("a", "sales", limit=1)
    world.takes("b", "care")
    assert world.takes("b", "sales", limit=1) == NoPlace("sales", "full")
    assert world.asks("b") == Placed("care", 1, 1, NOW)


def test_a_caller_whose_phone_is_about_to_be_answered_counts_as_in_line(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a", limit=1)
    world.offers_next()
    assert world.takes("b", limit=1) == NoPlace("care", "full")


def test_nobody_is_rung_for_a_caller_who_is_still_being_told_something(world: LineWorld) -> None:  # R39
    world.has_agents("ann")
    world.takes("a", ready=False)
    world.waits(1)
    world.takes("b", ready=False)
    assert world.pair() is None
    assert world.takes("a", ready=True).position == 1
    assert world.pair() == ("a", "ann")


def test_a_missed_caller_who_hears_something_meanwhile_is_not_offered(world: LineWorld) -> None:
    world.has_agents("ann", "ben")
    world.takes("a")
    offer = world.offers_next()
    world.takes("a", ready=False)
    world.misses(offer)
    assert world.pair() is None
    assert world.asks("a").position == 1


def test_asking_without_a_place_finds_none(world: LineWorld) -> None:
    assert world.asks("never seen") == NoPlace("care", "down")
    world.takes("a")
    world.leaves("a")
    assert world.asks("a") == NoPlace("care", "down")


def test_asking_tells_the_queue_the_caller_is_in_now(world: LineWorld) -> None:
    world.takes("a", "late night / 夜")
    assert world.asks("a", "care") == Placed("late night / 夜", 1, 1, NOW)


def test_leaving_tells_how_long_was_waited_and_tells_it_again(world: LineWorld) -> None:
    world.takes("a")
    world.waits(42)
    assert world.leaves("a") == 42
    world.waits(100)
    assert world.leaves("a") == 42
    assert world.in_line() == []


def test_leaving_counts_to_the_moment_it_was_decided(world: LineWorld) -> None:
    world.takes("a")
    world.waits(100)
    assert world.leaves("a", at=NOW + 30) == 30


def test_leaving_without_a_place_is_no_wait(world: LineWorld) -> None:
    assert world.leaves("never seen") == 0


def test_who_took_the_call_ends_the_wait_not_the_hang_up(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    world.waits(30)
    world.takes_call(world.offers_next())
    world.waits(300)
    assert world.leaves("a") == 30


def test_a_late_message_about_another_queue_leaves_the_place(world: LineWorld) -> None:
    world.takes("a", "sales")
    world.takes("a", "care")
    world.leaves("a", "answered", "sales")
    assert world.in_line() == ["a"]


def test_a_late_message_leaves_a_place_that_was_taken_again(world: LineWorld) -> None:
    world.takes("a")
    decided = world.now
    world.waits(5)
    world.takes("a")
    world.leaves("a", "voicemail", at=decided)
    assert world.in_line() == ["a"]


def test_hanging_up_leaves_whichever_queue_it_is(world: LineWorld) -> None:
    world.takes("a", "care")
    world.leaves("a", "hangup", "sales")
    assert world.in_line() == []


def test_a_call_that_has_ended_takes_no_place_any_more(world: LineWorld) -> None:
    world.takes("a")
    world.leaves("a", "answered")
    world.leaves("a", "hangup")
    assert world.takes("a") == NoPlace("care", "closed")


def test_who_is_with_an_agent_is_told_so(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    taken = world.takes_call(offer)
    assert world.asks("a") == AgentTook("ann", taken.room)
    assert world.takes("a") == AgentTook("ann", taken.room)
    assert world.takes("a", "sales") == AgentTook("ann", taken.room)


def test_after_the_talk_the_caller_may_stand_in_line_again_with_the_old_time(world: LineWorld) -> None:  # R74
    world.has_agents("ann")
    world.takes("a")
    offer = world.offers_next()
    world.takes_call(offer)
    world.waits(60)
    world.takes("b", "sales")
    world.finishes(offer)
    assert world.takes("a", "sales").position == 1


def test_a_caller_of_whom_nothing_is_heard_for_an_hour_is_gone(world: LineWorld) -> None:
    world.takes("lost")
    world.takes("here")
    world.waits(3000)
    world.asks("here")
    world.waits(1000)
    world.expires()
    assert world.in_line() == ["here"]
    assert world.told("lost") == [("left_line", {"queue": "care", "why": "silent"})]


def test_what_is_over_is_forgotten(world: LineWorld) -> None:
    world.has_agents("ann")
    world.takes("a", context={"name": "Ms. Lee"})
    offer = world.offers_next()
    world.takes_call(offer)
    world.finishes(offer)
    world.takes("b")
    world.leaves("b")
    world.waits(4000)
    world.expires()
    left = {key.decode().removeprefix("ivr:{h}:").removeprefix("4:") for key in world.client.keys("*")}
    assert left == {"agents", "agents:free", "agents:present", "line", "events"}
    fields = {field.decode() for field in world.client.hkeys(line_keys.records("h"))}
    assert fields == {"=clock", "=policy", "=pace care", "aann"}


def test_a_clock_set_back_lets_nobody_pass(world: LineWorld) -> None:
    world.takes("a")
    world.waits(-3600)
    assert world.takes("b").position == 2
    assert world.leaves("a") == 0
    assert world.takes("c", head_start_s=10).position == 1, "head starts still count"


def test_hotlines_do_not_mix(client: Redis) -> None:
    one, other = LineWorld(client, "one"), LineWorld(client, "other")
    one.has_agents("ann")
    other.takes("a")
    assert one.pair() is None
    assert one.takes("a").position == 1


def test_load_counts_callers_and_agents_of_the_queue(world: LineWorld) -> None:
    world.has_agents("ann", "ben", queues=("care", "sales"))
    world.takes("a", "careful")
    world.takes("b")
    load = world.line.load("h", "care", now=world.now)
    assert (load.waiting, load.free) == (1, 2)
    assert world.line.load("h", "car", now=world.now).free == 0
    world.offers_next()
    assert world.line.load("h", "care", now=world.now).free == 1


def test_a_look_at_the_line_shows_who_is_being_offered(world: LineWorld) -> None:  # R94
    world.has_agents("ann")
    world.takes("a")
    world.takes("b", urgent=True)
    world.offers_next()
    seen = [(one.call, one.state, one.offered, one.urgent) for one in world.line.look("h", "care", now=world.now)]
    assert seen == [("b", "reserved", 1, True), ("a", "waiting", 0, False)]
    assert len(world.line.look("h", "care", now=world.now, most=1)) == 1


def test_names_may_hold_what_separates_ours(world: LineWorld) -> None:
    world.has_agents("ann / bob + 1", queues=("a+b/c !",), skills=("x y",), languages=("zh",))
    world.takes("call with blanks ! /", "a+b/c !", skills=("x y",), language="zh")
    assert world.pair() == ("call with blanks ! /", "ann / bob + 1")


def test_without_a_server_the_line_says_that_the_store_is_down() -> None:
    line = RedisLine(connect("redis://127.0.0.1:1", timeout_s=0.2))
    with pytest.raises(StoreDown):
        line.take("h", "a", TakePlace("care"), now=NOW)


def test_what_a_server_of_another_time_left_is_not_read(world: LineWorld) -> None:
    world.client.hset("ivr:{h}:agents", "ann", b"written otherwise")
    world.client.hset("ivr:{h}:line:places", "a", b"written otherwise")
    world.has_agents("ann")
    assert world.takes("a").position == 1
    assert world.pair() == ("a", "ann")
