"""What a line costs does not grow with the line. Counted in commands of the server, which no busy machine changes;
`bench/line.py` measures the time."""

from collections.abc import Callable

import pytest
from line_world import LineWorld
from redis import Redis

from ivr.call.tasks import Target
from ivr.routing.assign import Policy
from ivr.routing.skills import Ability

FEW, MANY = 50, 3000


def commands(client: Redis, act: Callable[[], object]) -> int:
    """How many commands the server does for it, those inside scripts included."""

    def so_far() -> int:
        told = client.info("commandstats")
        return sum(int(one["calls"]) for name, one in told.items() if name != "cmdstat_info")

    before = so_far()
    act()
    return so_far() - before


def with_a_line(client: Redis, waiting: int) -> LineWorld:
    """Callers of several kinds, one agent free, all others talking."""
    world = LineWorld(client, f"of{waiting}")
    able = Ability(frozenset({"care", "sales"}), {"fibre": 3, "grade": 2})
    policies = {"care": Policy("even_load", seats=1), "sales": Policy("ability")}
    world.declares({f"agent {n}": able for n in range(20)}, **policies)
    for n in range(20):
        world.signs_in(f"agent {n}")
    for n in range(waiting):
        world.takes(
            f"call {n}",
            ("care", "sales")[n % 2],
            rate=(1.0, 2.0)[n % 3 == 0],
            head_start_s=n % 7,
            skills={"fibre": n % 3},
            seats=("care",),
            overflow=(Target("sales", why="overflow", after_s=60),),
        )
        world.waits(0.01)
    return world


@pytest.fixture
def lines(client: Redis) -> tuple[LineWorld, LineWorld]:
    return with_a_line(client, FEW), with_a_line(client, MANY)


def test_a_place_costs_the_same_in_any_line(lines: tuple[LineWorld, LineWorld]) -> None:
    few, many = (commands(world.client, lambda w=world: w.takes("new", skills={"fibre": 1})) for world in lines)
    assert many <= few + 2


def test_a_call_costs_the_same_in_any_line(lines: tuple[LineWorld, LineWorld]) -> None:
    def cycle(world: LineWorld) -> None:
        offer = world.offers_next()
        world.takes_call(offer)
        world.finishes(offer)

    few, many = (commands(world.client, lambda w=world: cycle(w)) for world in lines)
    assert many <= few + 2


def test_a_whole_call_costs_four_scripts_and_few_commands(client: Redis) -> None:
    """Half of what the line costs is commands: each more is some 2 µs of the server."""
    world = LineWorld(client)
    world.has_agents("ann", "ben")
    for n in range(10):
        world.takes(f"call {n}")

    def cycle(call: str = "new") -> None:
        world.takes(call, context={"name": "Ms. Lee"})
        offer = world.offers_next(leg="")
        world.takes_call(offer)
        world.finishes(offer)

    cycle("one before")
    assert commands(client, cycle) <= 4 + 34


def test_an_agent_who_changes_costs_the_same_however_many_kinds_of_needs_wait(client: Redis) -> None:
    world = LineWorld(client)
    skills = {f"skill{n}": 1 for n in range(250)}
    world.declares({"ann": Ability(frozenset({"care"}), skills), "ben": Ability(frozenset({"care"}))})
    alone = commands(client, lambda: (world.signs_in("ann"), world.signs_out("ann")))
    for skill in skills:
        world.takes(f"needs {skill}", skills=(skill,))
    assert commands(client, lambda: (world.signs_in("ann"), world.signs_out("ann"))) == alone
