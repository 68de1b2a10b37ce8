"""Who takes whom, as pure functions."""

from ivr.routing.assign import Choice, Free, FreeAgent, Group, Policy, Waiting, choose
from ivr.routing.order import order_key
from ivr.routing.skills import Ability, Needs

CARE = Ability(frozenset({"care"}))
FIBRE = Ability(frozenset({"care", "sales"}), {"fibre": 3}, frozenset({"en"}))
NOW = 100.0


def needs(queue: str = "care", language: str = "", **skills: int) -> Needs:
    return Needs(queue, skills, language)


def waits(call: str, at: float, *groups: Needs, urgent: bool = False, rate: float = 1.0) -> Waiting:
    return Waiting(call, tuple(Group(one) for one in groups), order_key(at, 0, urgent, rate), int(at), rate)


def free(**abilities: Ability) -> list[FreeAgent]:
    """The first one named has been free for longest."""
    return [FreeAgent(name, ability, (float(n), n)) for n, (name, ability) in enumerate(abilities.items())]


def test_an_agent_serves_own_queues_only() -> None:
    assert CARE.serves(needs())
    assert not CARE.serves(needs("sales"))


def test_an_agent_must_have_every_skill() -> None:  # R57
    assert FIBRE.serves(needs(fibre=3))
    assert not FIBRE.serves(needs(fibre=4))
    assert not FIBRE.serves(needs(fibre=1, billing=1))


def test_an_agent_without_languages_speaks_all_of_the_hotline() -> None:
    assert CARE.serves(needs(language="zh"))
    assert not FIBRE.serves(needs(language="zh"))
    assert FIBRE.serves(needs(language=""))


def test_who_rests_longest_is_rung_first() -> None:
    choice = choose([waits("a", 1, needs())], Free(free(ann=CARE, ben=CARE)), NOW)
    assert choice == Choice("a", "ann", Group(needs()), next_agent="ben")


def test_by_even_load_who_had_fewest_calls_is_rung_first() -> None:  # R67
    agents = [FreeAgent("ann", CARE, (1.0, 1), load=5), FreeAgent("ben", CARE, (2.0, 2), load=4)]
    choice = choose([waits("a", 1, needs())], Free(agents, {"care": Policy("even_load")}), NOW)
    assert choice is not None
    assert (choice.agent, choice.next_agent) == ("ben", "ann")


def test_by_ability_the_most_able_is_rung_first_and_grade_decides_between_equals() -> None:  # R69
    agents = free(
        novice=Ability(frozenset({"care"}), {"fibre": 1, "grade": 1}),
        senior=Ability(frozenset({"care"}), {"fibre": 1, "grade": 5}),
        expert=Ability(frozenset({"care"}), {"fibre": 9, "grade": 1}),
    )
    line = Free(agents, {"care": Policy("ability")})
    assert [one.name for one in line.in_order(needs(fibre=1))] == ["expert", "senior", "novice"]
    assert [one.name for one in line.in_order(needs())] == ["senior", "novice", "expert"]


def test_who_is_not_to_meet_does_not() -> None:
    wanted = Needs("care", never=frozenset({"ann"}))
    choice = choose([waits("a", 1, wanted)], Free(free(ann=CARE, ben=CARE)), NOW)
    assert choice is not None
    assert (choice.agent, choice.next_agent) == ("ben", "")


def test_one_agent_alone_can_be_meant() -> None:  # R68
    wanted = Needs("care", agent="ben")
    assert choose([waits("a", 1, wanted)], Free(free(ann=CARE)), NOW) is None


def test_kept_seats_are_for_those_who_have_a_right_to_them() -> None:  # R25 R66
    both = Ability(frozenset({"care", "complaints"}))
    rules = {"complaints": Policy(seats=1)}
    query = waits("query", 1, needs())
    complaint = waits("complaint", 2, Needs("complaints", seats=frozenset({"complaints"})))
    one, two = Free(free(ann=both), rules), Free(free(ann=both, ben=both), rules)
    assert choose([query], one, NOW) is None
    assert (choose([query], two, NOW) or query).call == "query"
    assert (choose([query, complaint], one, NOW) or query).call == "complaint"


def test_the_first_caller_whom_somebody_can_serve_is_offered_and_the_second_is_named() -> None:
    waiting = [
        waits("last", 30, needs()),
        waits("late", 20, needs()),
        waits("early", 10, needs()),
        waits("first, but nobody has it", 0, needs(billing=1), urgent=True),
    ]
    choice = choose(waiting, Free(free(ann=CARE)), NOW)
    assert choice == Choice("early", "ann", Group(needs()), next_call="late")
    assert choose(waiting, Free([]), NOW) is None
    assert choose([], Free(free(ann=CARE)), NOW) is None


def test_a_wait_that_counts_double_passes_one_that_began_before() -> None:
    gold, other = waits("gold", 60, needs(), rate=2.0), waits("other", 10, needs())
    everybody = Free(free(ann=CARE))
    assert (choose([gold, other], everybody, 100.0) or gold).call == "other"
    assert (choose([gold, other], everybody, 120.0) or other).call == "gold"


def test_of_the_groups_of_a_caller_the_one_added_first_is_rung() -> None:
    first, second = Needs("care", agent="ben"), needs()
    choice = choose([waits("a", 1, first, second)], Free(free(ann=CARE, ben=CARE)), NOW)
    assert choice is not None
    assert (choice.agent, choice.group.needs) == ("ben", first)
