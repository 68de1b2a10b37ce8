"""The faint noise that Kaldi's models want under every sound: ours, which is the same each time, in place of its own.

Kaldi throws the dice of the whole process for it. At the edge of understanding the same sound would then be heard in
one way or another, by what other callers said before; and without any noise a model hears a telephone badly.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from ivr.errors import SpeechError
from ivr.speech.codec import Samples

LOUD = 1.0
"""As Kaldi's own: of 32,768, the root mean square."""
SEED = 1
SETTINGS = "mfcc.conf"
FOLDERS = frozenset({"conf"})
"""Where the settings stand; in old models beside everything else."""
NONE = b"\n--dither=0\n"
"""Of two values of a setting the last one holds."""


class Dither:
    """Of one answer: its first sample always gets the same noise, and so on, whatever pieces it comes in."""

    def __init__(self) -> None:
        self._dice = np.random.default_rng(SEED)

    def under(self, samples: Samples) -> Samples:
        noisy = samples + self._dice.normal(0.0, LOUD, len(samples))
        laid: Samples = np.clip(np.rint(noisy), -32_768, 32_767).astype(np.int16)
        return laid


@contextmanager
def undithered(folder: Path) -> Iterator[Path]:
    """A model's folder again, of links, with the setting that Kaldi adds no noise; gone when the model is read."""
    with tempfile.TemporaryDirectory(prefix="ivr-model-") as made:
        try:
            _link(folder.resolve(), Path(made))
        except OSError as error:
            raise SpeechError(f"{folder}: this model cannot be read by links in {made}: {error}") from None
        yield Path(made)


def _link(folder: Path, into: Path) -> None:
    for part in folder.iterdir():
        again = into / part.name
        if part.name in FOLDERS and part.is_dir():
            again.mkdir()
            _link(part, again)
        elif part.name == SETTINGS:
            again.write_bytes(part.read_bytes() + NONE)
        else:
            again.symlink_to(part)
