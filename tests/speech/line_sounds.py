"""Sounds for the tests, made from formulas and a fixed seed: 8,000 samples a second."""

import numpy as np

from ivr.speech.codec import FRAME_BYTES, LINE_HZ

SEED = 20_261_122


def time_of(seconds):
    return np.arange(round(seconds * LINE_HZ)) / LINE_HZ


def as_samples(wave):
    return np.clip(np.rint(wave), -32_768, 32_767).astype(np.int16)


def quiet(seconds):
    """A telephone line at rest: about -65 dB."""
    return noise(seconds, 18)


def digital_silence(seconds):
    return np.zeros(round(seconds * LINE_HZ), np.int16)


def noise(seconds, loud):
    """The same each time, whatever was asked for before."""
    return as_samples(np.random.default_rng(SEED).normal(0, loud, round(seconds * LINE_HZ)))


def tone(seconds, hz=440, loud=8000):
    return as_samples(loud * np.sin(2 * np.pi * hz * time_of(seconds)))


def babble(seconds, loud=6000.0, pitch=120.0):
    """Voice-like: harmonics of a wandering pitch through moving formants, in four syllables a second with gaps."""
    t = time_of(seconds)
    phase = 2 * np.pi * np.cumsum(pitch * (1 + 0.1 * np.sin(2 * np.pi * 0.7 * t))) / LINE_HZ
    syllable = np.clip(np.sin(2 * np.pi * 4 * t) + 0.35, 0, None)
    formants = 500 + 250 * np.sin(2 * np.pi * 1.9 * t), 1500 + 500 * np.sin(2 * np.pi * 2.3 * t)
    wave = sum(
        np.sin(n * phase) * sum(np.exp(-(((n * pitch - centre) / 180) ** 2)) for centre in formants)
        for n in range(1, 25)
    )
    return as_samples(loud * syllable * wave / np.abs(wave).max())


def music(seconds, loud=2500):
    """Held chords, changing twice a second, never silent between."""
    t = time_of(seconds)
    chords = [(262, 330, 392), (294, 349, 440), (247, 330, 415)]
    wave = np.zeros(len(t))
    for n, chord in enumerate(chords):
        on = (t * 2).astype(int) % len(chords) == n
        wave += on * sum(np.sin(2 * np.pi * hz * t) for hz in chord)
    return as_samples(loud * wave)


def frames_of(*parts):
    whole = np.concatenate(parts)
    return whole[: len(whole) // FRAME_BYTES * FRAME_BYTES].reshape(-1, FRAME_BYTES)
