"""How loud a voice reaches the recogniser."""

import numpy as np
import pytest
from line_sounds import babble, digital_silence, quiet

from ivr.speech.level import LEFT_ALONE, USUAL, Leveller


def levelled(*parts, piece=1600):
    whole, leveller = np.concatenate(parts), Leveller()
    pieces = [leveller.level(whole[at : at + piece]) for at in range(0, len(whole), piece)]
    return np.concatenate([*pieces, leveller.rest()])


def loudest(samples):
    return np.sqrt((samples.reshape(-1, 160).astype(float) ** 2).mean(axis=1)).max()


@pytest.mark.parametrize("loud", [1200, 4000, 20_000])
def test_faint_and_loud_voices_come_as_loud_as_usual(loud):
    raised = levelled(quiet(0.3), babble(2, loud=loud))
    assert LEFT_ALONE[0] * USUAL <= loudest(raised[len(raised) // 2 // 160 * 160 :]) <= USUAL / LEFT_ALONE[0]


def test_a_usual_voice_is_left_alone():
    voice = babble(2)
    usual = (voice * (USUAL / loudest(voice))).astype(np.int16)
    assert np.array_equal(levelled(usual), usual)


@pytest.mark.parametrize("piece", [1, 160, 1601, 100_000])
def test_nothing_is_lost_whatever_the_pieces_are(piece):
    voice = np.concatenate([quiet(0.2), babble(0.9, loud=1200)])
    assert len(levelled(voice, piece=piece)) == len(voice)


def test_a_short_word_comes_at_the_end_of_it():
    leveller, word = Leveller(), babble(0.3)
    assert not len(leveller.level(word))
    assert len(leveller.rest()) == len(word)
    assert not len(leveller.rest())


def test_silence_stays_silence():
    assert not levelled(digital_silence(1)).any()
