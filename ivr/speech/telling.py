"""What a caller is being told: words given to a voice by ticket, their sound sent on, stopped, and gone on with."""

from __future__ import annotations

from ivr.call.verbs import Play, Say
from ivr.speech.codec import LINE_HZ, QUIET
from ivr.speech.orders import Forget, Noticed, Order, Speak, Unsaid
from ivr.speech.playback import Playback


class Telling:
    """One call's mouth, one stretch of sound after the other: the prompts of a question, or a sentence between two."""

    def __init__(self) -> None:
        self._epoch = 0
        self._ticket = self._first = self._here = 0
        """The next ticket; the first of this stretch; the first whose sound is not all here."""
        self._words: dict[int, Say | Play] = {}
        """Of which nothing is heard yet."""
        self._playback = Playback(0)
        self._active = False

    @property
    def over(self) -> bool:
        """All of it has been heard."""
        return self._active and self._playback.over

    def say(self, words: tuple[Say | Play, ...], now: float) -> list[Order]:
        """Begin a new stretch; the one before must be over or dropped."""
        self._new_stretch()
        orders: list[Order] = []
        for one in words:
            self._words[self._ticket] = one
            orders.append(Speak(self._ticket, one))
            self._ticket += 1
        return orders + self._complete(now)

    def sound(self, ulaw: bytes, now: float) -> list[Order]:
        """The same of a sound that is here already."""
        self._new_stretch()
        return self._playback.add(ulaw, now) + self._playback.complete(now)

    def stop(self) -> list[Order]:
        """Silence, which `go_on` undoes."""
        self._epoch += 1
        return self._playback.stop(self._epoch)

    def go_on(self, now: float) -> list[Order]:
        return self._playback.go_on(now)

    def drop(self) -> list[Order]:
        """Silence, and nothing more of it."""
        if not self._active or self._playback.over:
            self._active = False
            return []
        orders = self.stop()
        if self._here < self._ticket:
            orders.append(Forget(self._ticket))
        self._active = False
        return orders

    def lately(self, seconds: float, now: float) -> bytes:
        """What was being played just before `now`."""
        return self._playback.lately(seconds, now)

    # --- from voices and line ----------------------------------------------------------------------------

    def piece(self, ticket: int, ulaw: bytes, now: float) -> list[Order]:
        if not self._wants(ticket):
            return []
        return self._begun(ticket) + self._playback.add(ulaw, now)

    def spoken(self, ticket: int, now: float) -> list[Order]:
        if not self._wants(ticket):
            return []
        self._here = ticket + 1
        return self._begun(ticket) + self._complete(now)

    def unspoken(self, ticket: int, now: float) -> list[Order]:
        """Words are the line's matter, until `pass_over`; a sound that cannot be played is silence of its length."""
        words = self._words.pop(ticket, None)
        if not self._wants(ticket) or words is None:
            return []
        if isinstance(words, Say):
            return [Unsaid(words)]
        silence = QUIET * round(words.length_s * LINE_HZ)
        return self._playback.add(silence, now) + self.pass_over(ticket, now)

    def pass_over(self, ticket: int, now: float) -> list[Order]:
        """Go on without it."""
        self._here = ticket + 1
        return self._complete(now)

    @property
    def waits_for(self) -> int:
        """The ticket whose sound comes next."""
        return self._here

    def marked(self, name: str, now: float) -> None:
        self._playback.marked(name, now)

    def tick(self, now: float) -> None:
        self._playback.tick(now)

    # -------------------------------------------------------------------------------------------------------

    def _new_stretch(self) -> None:
        self._epoch += 1
        self._playback, self._active = Playback(self._epoch), True
        self._first = self._here = self._ticket
        self._words.clear()

    def _wants(self, ticket: int) -> bool:
        return self._active and ticket >= self._first

    def _complete(self, now: float) -> list[Order]:
        """See whether all that was to be said is here."""
        return self._playback.complete(now) if self._here >= self._ticket else []

    def _begun(self, ticket: int) -> list[Order]:
        words = self._words.pop(ticket, None)
        match words:
            case Say(text=text, language=language, secret=secret):
                return [Noticed("said", {"text": None if secret else text, "language": language})]
            case Play(audio=audio):
                return [Noticed("played", {"audio": audio})]
        return []
