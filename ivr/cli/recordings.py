"""Taking a voice actor's files into a hotline: converted, leveled, trimmed, and named in the words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ivr.errors import IvrError, SpeechError
from ivr.flow.fixed_words import FixedWords
from ivr.flow.write_back import Recording, with_recordings
from ivr.speech.codec import LINE_HZ, encode
from ivr.speech.loudness import leveled, trimmed
from ivr.speech.resample import resample
from ivr.speech.soundness import unheard
from ivr.speech.wav import read_wav, wav_bytes

KEPT_SILENCE_MS = 250
"""At both ends: prompts follow one another, and a breath belongs between them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one recording, or of a language's words."""

    sentence: str
    good: bool = True
    recording: bool = True


def take(hotline: Path, wanted: Sequence[FixedWords], recordings: Path) -> Iterator[Outcome]:
    """Each file of `recordings` that is wanted is written below the hotline's `audio/`, and then into its words.

    A language's words are written when all its sounds are there, so that words never name a sound that is missing.
    """
    names = _names(wanted)
    found: dict[str, dict[str, Recording]] = {}
    for file in sorted(one for one in recordings.rglob("*") if one.is_file() and not one.name.startswith(".")):
        shown = file.relative_to(recordings).as_posix()
        one = names.get(shown.lower())
        if one is None:
            yield Outcome(f"{shown}: {_unwanted(shown, names)}", good=False)
            continue
        try:
            length_s = _write(file, hotline / "audio" / one.sound)
        except SpeechError as error:
            yield Outcome(f"{shown}: {str(error).removeprefix(f'{file}: ')}", good=False)
            continue
        found.setdefault(one.language, {})[one.key] = Recording(one.text, one.sound)
        yield Outcome(f"{shown}: {length_s:.1f} s, for {one.text!r}")
    for language, entries in found.items():
        yield from _name(hotline / "words" / f"{language}.yaml", entries)


def _names(wanted: Sequence[FixedWords]) -> Mapping[str, FixedWords]:
    """File name in small letters → what it is; without the language's folder where there is one language only."""
    names = {one.sound.lower(): one for one in wanted}
    if len({one.language for one in wanted}) == 1:
        names |= {Path(one.sound).name.lower(): one for one in wanted}
    return names


def _unwanted(shown: str, names: Mapping[str, FixedWords]) -> str:
    if not shown.lower().endswith(".wav"):
        return "is no WAV file; export it as WAV, 16-bit PCM"
    close = get_close_matches(shown.lower(), names, n=1)
    hint = f" Did you mean {names[close[0]].sound}?" if close else ""
    return f"is not in the list that `ivr prompts` prints.{hint}"


def _write(file: Path, to: Path) -> float:
    """Convert one recording; seconds that it lasts now. SpeechError for what cannot be mended."""
    sound = read_wav(file)
    if faults := unheard(sound):
        raise SpeechError("; ".join(faults))
    cut = trimmed(leveled(sound.samples, sound.rate_hz), sound.rate_hz, KEPT_SILENCE_MS)
    ulaw = encode(resample(cut, sound.rate_hz, LINE_HZ))
    _replace(to, wav_bytes(ulaw))
    return len(ulaw) / LINE_HZ


def _name(words: Path, entries: Mapping[str, Recording]) -> Iterator[Outcome]:
    try:
        before = words.read_bytes()
        after = with_recordings(before, str(words), entries)
        if after != before:
            _replace(words, after)
            yield Outcome(f"{words} names {len(entries)} of them", recording=False)
    except OSError as error:
        yield Outcome(f"{words} cannot be read: {error.strerror}", good=False)
    except IvrError as error:
        yield Outcome(str(error), good=False)


def _replace(path: Path, contents: bytes) -> None:
    """Whole or not at all: a server may read it at this moment. SpeechError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(contents)
        os.replace(beside, path)
    except OSError as error:
        raise SpeechError(f"{path} cannot be written: {error.strerror}") from None
