"""A caller who speaks while a question is open: whether that stopped the prompt, and whether it is an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ivr.call.verbs import Listen
from ivr.speech.backchannel import is_backchannel
from ivr.speech.codec import LINE_HZ
from ivr.speech.echo import is_echo
from ivr.speech.gate import PRE_ROLL_MS
from ivr.speech.hearing import Heard, Nothing

ECHO_LOOK_S = 4.0
"""How far back what was played is looked through for an echo."""
CAUGHT_BYTES = 3 * LINE_HZ
"""Of the caller's sound that is looked through for one."""
REMARK_S = 2.5
"""Speech that was not understood is no more than a remark, a noise or a cough, if it came in the middle of a prompt
and was over, its silence and its decoding included, within this; longer speech was meant for us."""
COUGH_S = 1.8
"""Sound without a word that was over, its silence and its decoding included, within this is a cough or a noise; who
makes it for longer has said something, and is told that it was not understood."""
KEPT_BEFORE_BYTES = (PRE_ROLL_MS + 200) * LINE_HZ // 1000
"""Of the line's sound before speech was noticed."""
LONGEST_HEARING_S = 40.0
"""The longest speech, and decoding it; an ear that tells nothing for so long is broken, and was told nothing."""

Played = Callable[[float, float], bytes]
"""(seconds, until): µ-law of what the caller was being played."""


class Utterance:
    """Of one question. A caller may begin more than once before the first is decoded."""

    def __init__(self) -> None:
        self.interrupted = False
        """The prompt is silent because of it."""
        self._in_vain = self._beside = False
        """The prompt has fallen silent for nothing; it goes on beside what is being heard now."""
        self._open = 0
        """Begun and not told yet."""
        self._began_at = 0.0
        self._caught = bytearray()
        """The line's sound since shortly before, for finding an echo in it."""

    @property
    def under_way(self) -> bool:
        return self._open > 0

    def begin(self, now: float) -> None:
        self._open += 1
        self._began_at = now
        self._beside = False

    def interrupts(self, listen: Listen) -> bool:
        """Whether the prompt falls silent now. Music in line does so for nothing once: were it its own echo that is
        heard, or a television, the caller would be in silence for most of his wait."""
        if self.interrupted:
            return False
        self._beside = listen.expect == "line" and self._in_vain
        self.interrupted = not self._beside
        return self.interrupted

    def end(self) -> None:
        self._open = max(0, self._open - 1)

    def give_up(self, now: float) -> bool:
        """Whether the ear has been silent for too long; then nothing is awaited of it any more."""
        if not self._open or now - self._began_at <= LONGEST_HEARING_S:
            return False
        self._open = 0
        return True

    def frame(self, ulaw: bytes) -> None:
        self._caught += ulaw
        del self._caught[: -(CAUGHT_BYTES if self._open else KEPT_BEFORE_BYTES)]

    def forgiven(self) -> None:
        """It was no answer: the prompt goes on."""
        self.interrupted, self._in_vain = False, True
        self._caught.clear()

    def means_nothing(self, listen: Listen, found: Heard | Nothing, played: Played, now: float) -> str:
        """Why it is no answer; empty: it is one."""
        if listen.expect == "line" and isinstance(found, Nothing):
            return "no words"  # the music goes on: nobody was asked
        brief = isinstance(found, Nothing) and found.why == "silence" and now - self._began_at < COUGH_S
        if not (self.interrupted or self._beside) or brief:
            return "no words" if brief else ""
        if is_echo(bytes(self._caught), played(ECHO_LOOK_S, now if self._beside else self._began_at)):
            return "echo"
        if isinstance(found, Nothing):
            return "a remark" if now - self._began_at < REMARK_S else ""
        one_of_few = listen.expect in ("yes_no", "choice")
        return "uh-huh" if not one_of_few and is_backchannel(found.text, listen.language) else ""

    def words(self, found: Heard | Nothing) -> Heard:
        """The answer, none of it where nothing was understood. What was said beside a prompt was heard with it, and so
        is never sure."""
        heard = found if isinstance(found, Heard) else Heard("", None, False)
        return replace(heard, sure=heard.sure and not self._beside)
