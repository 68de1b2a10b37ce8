"""Whether a recording is fit for a telephone line, and what would be right where it is not."""

from __future__ import annotations

from pathlib import Path

from ivr.errors import SpeechError
from ivr.speech.loudness import SILENCE_DBFS, VOICE_DBFS, clipped, heard, speech_dbfs
from ivr.speech.wav import Sound, read_wav

SOFTEST_DBFS, LOUDEST_DBFS = -28.0, -12.0
"""Beyond these a caller turns the volume up or holds the phone away, beside voices at the level of ours."""
LONGEST_S = 60.0
"""Nobody listens longer; and the same words, said by a voice, can be interrupted and repeated in part."""
MOST_SILENCE_S = 1.0
"""At either end: the caller thinks that the line is dead."""


def faults(path: Path) -> list[str]:
    """One sentence for each fault of a sound file; none when it is good."""
    if path.suffix != ".wav":
        way = f"call it {path.stem}.wav" if path.suffix.lower() == ".wav" else "export it as WAV"
        return [f"a file that does not end in .wav is never played; {way}"]
    try:
        sound = read_wav(path)
    except SpeechError as error:
        return [str(error).removeprefix(f"{path}: ")]
    found = []
    if not sound.of_the_line:
        way = f"sox {path.name} -r 8000 -c 1 -e mu-law OUT.wav"
        found.append(f"is {sound.format}; 8,000 Hz, mono, µ-law would be right: {way}")
    return found + unheard(sound) + ([] if is_silent(sound) else badly_heard(sound))


def unheard(sound: Sound) -> list[str]:
    """Faults that no later work on the file can mend."""
    if is_silent(sound):
        return ["holds no sound; record it again"]
    found = []
    if cuts := clipped(sound.samples):
        places = "one place" if cuts == 1 else f"{cuts} places"
        found.append(f"is clipped in {places}: record it again with the microphone turned down (peaks below -3 dBFS)")
    if sound.length_s > LONGEST_S:
        found.append(f"lasts {sound.length_s:.0f} s; more than {LONGEST_S:.0f} s is too long: make several of it")
    return found


def badly_heard(sound: Sound) -> list[str]:
    """Faults of level and of silence, which importing mends."""
    found = []
    level = speech_dbfs(sound.samples, sound.rate_hz)
    if not SOFTEST_DBFS <= level <= LOUDEST_DBFS:
        how = "quiet" if level < SOFTEST_DBFS else "loud"
        found.append(f"is too {how}: {level:.0f} dBFS, and {VOICE_DBFS:.0f} would be right")
    start, end = heard(sound.samples, sound.rate_hz)
    for where, silence_s in (("begins", start / sound.rate_hz), ("ends", sound.length_s - end / sound.rate_hz)):
        if silence_s > MOST_SILENCE_S:
            found.append(f"{where} with {silence_s:.1f} s of silence; a quarter of a second would be right")
    return found


def is_silent(sound: Sound) -> bool:
    return speech_dbfs(sound.samples, sound.rate_hz) < SILENCE_DBFS
