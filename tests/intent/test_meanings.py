"""Callers in words that no example has: understood by what they mean, where a model of meanings is made."""

import importlib.util
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from wishes import EXAMPLES, KEYWORDS, NAMES

from ivr.ears import by_meaning, train
from ivr.flow.load import examine
from ivr.intent import Recogniser
from ivr.intent.meanings import Likelihood, Neighbours, alike, usual
from ivr.intent.mixing import USUAL_WEIGHT, WEIGHTS, Sides, weight
from ivr.kit import standard_kit

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def with_meaning(models) -> Recogniser:
    return Recogniser.train(EXAMPLES, KEYWORDS, NAMES, by_meaning(models))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("our wifi has gone kaput", "fault"),
        ("the fellow you sent over insulted us", "complaint"),
        ("I'd prefer something less pricey", "plans"),
    ],
)
def test_a_caller_in_words_of_his_own_is_understood(with_meaning, said, meant) -> None:  # R85
    assert with_meaning.understand(said, "en").intent == meant


@pytest.mark.parametrize("said", ["what is the capital of Peru", "play me some jazz", "how tall is that giraffe"])
def test_a_stranger_stays_out(with_meaning, said) -> None:
    found = with_meaning.understand(said, "en")
    assert found.intent is None or found.confidence < 0.7


@pytest.mark.parametrize("said", ["give me a real person", "the line is dead", "I don't want a real person"])
def test_what_is_exact_stays_exact(with_meaning, recogniser, said) -> None:
    found, by_words = with_meaning.understand(said, "en"), recogniser.understand(said, "en")
    assert found.intent == by_words.intent
    assert found.because == by_words.because


def test_a_language_without_a_model_goes_by_its_words(with_meaning, recogniser) -> None:
    assert with_meaning.understand("网络断了", "zh") == recogniser.understand("网络断了", "zh")


def test_the_same_examples_give_the_same_answers(with_meaning, models) -> None:
    again = Recogniser.train(EXAMPLES, KEYWORDS, NAMES, by_meaning(models))
    assert again.understand("our wifi has gone kaput", "en") == with_meaning.understand("our wifi has gone kaput", "en")


def test_threads_share_a_model(with_meaning) -> None:
    alone = with_meaning.understand("our wifi has gone kaput", "en")
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: with_meaning.understand("our wifi has gone kaput", "en"), range(20)))
    assert found == [alone] * 20


def test_the_log_says_what_would_help(tmp_path, caplog) -> None:
    caplog.set_level(logging.INFO)
    chosen = by_meaning(tmp_path)
    assert (chosen("en"), chosen("en")) == (None, None)
    (told,) = caplog.messages
    assert "ivr[meaning]" in told
    assert "ivr models make" in told


def test_a_broken_model_leaves_the_words(models, tmp_path, caplog) -> None:
    broken = tmp_path / "meaning-broken"
    broken.mkdir()
    (broken / "model.onnx").write_bytes(b"no model")
    (broken / "tokenizer.json").write_text("{}")
    assert by_meaning(tmp_path)("en") is None
    assert "meaning-broken" in caplog.text


def test_the_sample_hotline_understands_what_nobody_tuned_it_on(models) -> None:  # R85
    """As text; bench/ears_english.py tells what is lost on the way through the ears."""
    spec = importlib.util.spec_from_file_location("ears_sentences", ROOT / "bench" / "ears_sentences.py")
    sentences = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sentences)
    hotline = examine(ROOT / "flows" / "telecom", standard_kit()).hotline
    words, meaning = train(hotline), train(hotline, by_meaning(models))
    said = [*sentences.KNOWN, *sentences.FRESH, *sentences.HELD_OUT]
    by_words, by_both = (
        sum(one.understand(text, "en", tuple(hotline.intents)).intent == meant for meant, text in said)
        for one in (words, meaning)
    )
    assert by_both >= 0.95 * len(said)
    assert by_both > by_words


# --- the parts --------------------------------------------------------------------------------------------------


def unit(*rows: tuple[float, ...]) -> np.ndarray:
    points = np.array(rows, dtype=np.float32)
    return points / np.linalg.norm(points, axis=1, keepdims=True)


@pytest.mark.parametrize("intents", [2, 3])
def test_each_point_is_likeliest_in_its_own_intent(intents) -> None:
    points = np.eye(3, dtype=np.float32)[:intents]
    own = np.arange(intents)
    assert Likelihood.learnt(points, own, 3).of(points).argmax(axis=1).tolist() == own.tolist()


def test_an_intent_without_rows_is_infinitely_unlikely() -> None:
    learnt = Likelihood.learnt(np.eye(2, dtype=np.float32), np.array([0, 2]), 3)
    assert learnt.of(np.eye(2, dtype=np.float32))[0, 1] == -np.inf


def test_a_lone_intent_is_as_likely_as_can_be_told() -> None:
    assert Likelihood.learnt(unit((1, 0)), np.array([0]), 1).of(unit((0, 1))).tolist() == [[0.0]]


def test_the_nearest_example_of_each_intent_and_how_familiar() -> None:
    points = unit((1, 0, 0), (0, 1, 0), (0, 0, 1))
    near, familiar = Neighbours.among(points, np.array([0, 0, 1])).to(unit((1, 1, 0))[0])
    assert near == pytest.approx([np.sqrt(0.5), 0.0])
    assert familiar == pytest.approx(np.sqrt(2) / 3)


def test_alike_is_measured_from_how_near_examples_usually_are() -> None:
    """Of one model two sentences of any kind have a cosine of 0.2, of another 0.8."""
    points = unit((3, 1, 0), (3, 0, 1))
    away = usual(points)
    assert away == pytest.approx(0.9)
    assert alike(points, points[:1], away) == pytest.approx(np.array([[1.0, 0.0]]), abs=1e-6)


OWN = np.array([0, 1] * 30)
TELLING = np.where(OWN[:, None] == [0, 1], 1.0, -1.0)
MISLEADING = np.random.default_rng(5).normal(size=(60, 2))


def test_meaning_weighs_most_where_words_tell_nothing() -> None:
    assert weight(Sides(MISLEADING, TELLING), OWN) == WEIGHTS[-1]


def test_words_keep_most_of_the_say_where_meaning_misleads() -> None:
    assert weight(Sides(TELLING, 10 * MISLEADING), OWN) == WEIGHTS[0]


def test_without_trials_the_usual_weight_is_taken() -> None:
    nothing = np.zeros((0, 2))
    chosen = weight(Sides(nothing, nothing), np.zeros(0, dtype=np.int64))
    assert abs(np.log(chosen / USUAL_WEIGHT)) == min(abs(np.log(one / USUAL_WEIGHT)) for one in WEIGHTS)


def test_words_alone_have_nothing_to_weigh() -> None:
    assert weight(Sides(TELLING), OWN) == 0
