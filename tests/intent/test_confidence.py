"""How sure an answer is, and the parts that it is reckoned from."""

import numpy as np
import pytest
from wishes import EXAMPLES

from ivr.intent.confidence import Confidence
from ivr.intent.nearest import Nearest
from ivr.intent.rows import Rows
from ivr.intent.separator import Separator
from ivr.intent.signs import FARTHEST, SIGNS, signs
from ivr.intent.text import normal
from ivr.intent.trials import Trials

TAUGHT = {intent: [normal(text) for text in said] for intent, said in EXAMPLES["en"].items()}


@pytest.fixture(scope="module")
def rows() -> Rows:
    return Rows.of(TAUGHT, {"plans": ["a plan"]})


def test_examples_have_length_one_and_strangers_none(rows) -> None:
    lengths = [float(point.reach @ point.reach) for point in rows.points]
    assert lengths == pytest.approx([1.0] * len(rows.sentences))
    assert all(point.known == pytest.approx(1.0) for point in rows.points)
    stranger = rows.space.place("zzz qqq")
    assert (len(stranger.axes), stranger.known) == (0, 0.0)


def test_what_no_example_has_makes_a_sentence_less_known(rows) -> None:
    known = [
        rows.space.place(said).known for said in ("the line is dead", "the line is zigzagged", "jazz is zigzagged")
    ]
    assert known == sorted(known, reverse=True)
    assert known[0] == pytest.approx(1.0)


def test_the_nearest_example_is_found_as_by_comparing_all(rows) -> None:
    table = rows.table()
    point = rows.space.place("my internet line is very slow today")
    sentence = np.zeros(table.shape[1])
    sentence[point.axes] = point.reach
    compared = table @ sentence
    by_hand = [compared[rows.intent == number].max() for number in range(len(rows.intents))]
    assert Nearest.among(table, rows.intent).to(point) == pytest.approx(by_hand)


def test_a_sentence_lies_on_the_side_of_its_own_intent(rows) -> None:
    separator = Separator.between(rows.table(), rows.intent, len(rows.intents))
    sides = [separator.sides(point.axes, point.reach).argmax() for point in rows.points]
    assert sides == rows.intent.tolist()


def test_two_intents_are_parted_by_one_plane() -> None:
    rows = Rows.of({"yes": ["right", "correct"], "no": ["wrong", "false"]}, {})
    separator = Separator.between(rows.table(), rows.intent, 2)
    point = rows.points[0]
    one, other = separator.sides(point.axes, point.reach)
    assert one == pytest.approx(-other)


def test_only_the_first_intent_is_ahead() -> None:
    found = signs(np.array([[0.5, -0.2, -np.inf]]), np.zeros((1, 3)), np.array([0.9]))
    assert found.shape == (1, 3, len(SIGNS))
    assert found[0, :, 0].tolist() == pytest.approx([0.7, -0.7, -FARTHEST])
    assert found[0, :, 2].tolist() == [0.9] * 3


def test_a_lone_intent_is_ahead_of_nobody() -> None:
    assert signs(np.array([[2.0]]), np.ones((1, 1)), np.ones(1))[0, 0, 0] == 0.0


def test_more_signs_never_make_an_answer_less_sure() -> None:
    misleading = np.array([[0.1, 0.1, 0.5], [1.5, 0.9, 1.0]] * 50)
    learnt = Confidence.learnt(misleading, np.array([True, False] * 50), np.zeros(100, dtype=bool), 0.2)
    low, high = learnt.of(np.array([[0.1, 0.1, 0.5], [1.5, 0.9, 1.0]]))
    assert low < high


def test_confidence_is_the_share_of_right_answers() -> None:
    chance = np.random.default_rng(7)
    strength = chance.normal(size=4000)
    found = np.column_stack([strength, strength, strength])
    right = chance.random(4000) < 1 / (1 + np.exp(-2 * strength - 1))
    learnt = Confidence.learnt(found, right, np.zeros(4000, dtype=bool), 0.2)
    sure = learnt.of(found)
    for low in (0.2, 0.4, 0.6, 0.8):
        inside = (sure >= low) & (sure < low + 0.2)
        assert right[inside].mean() == pytest.approx(sure[inside].mean(), abs=0.05)


def test_strangers_weigh_as_many_turns_as_they_are_taken_to_be() -> None:
    found = np.array([[1.0, 0.5, 0.9]] * 80 + [[0.9, 0.5, 0.9]] * 10)
    right = np.array([True] * 80 + [False] * 10)
    strange = ~right
    few = Confidence.learnt(found, right, strange, 0.05).of(found[0])
    many = Confidence.learnt(found, right, strange, 0.4).of(found[0])
    assert few > many


@pytest.mark.parametrize("examples", [{"a": ["x"]}, {"a": ["x"], "b": ["y"]}, {"a": ["x"], "b": ["y"], "c": ["z"]}])
def test_without_examples_to_try_a_usual_curve_is_taken(examples) -> None:
    learnt = Trials.of(Rows.of(examples, {})).confidence(0)
    assert learnt.of(np.array([1.5, 1.0, 1.0])) > 0.8
    assert learnt.of(np.array([0.0, 0.0, 0.1])) < 0.1


def test_a_sentence_twice_in_an_intent_counts_once() -> None:
    rows = Rows.of({"a": ["x y", "x y", ""], "b": ["x y"]}, {"a": ["x y", "a"]})
    assert [(rows.intents[i], said, t) for i, said, t in zip(rows.intent, rows.sentences, rows.turn, strict=True)] == [
        ("a", "x y", 0),
        ("a", "a", -1),
        ("b", "x y", 0),
    ]
