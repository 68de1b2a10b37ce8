"""A caller on a line made of bytes: what is sent is played in its own time, and the ear hears what the test says."""

from random import Random

from ivr.call.events import SpeechHeard
from ivr.call.verbs import Listen, Play, Record, Say
from ivr.speech.codec import LINE_HZ, QUIET
from ivr.speech.end_of_speech import Moment
from ivr.speech.hearing import Heard, Nothing
from ivr.speech.orders import Clear, Forget, Happened, Keep, Mark, Noticed, Rest, Sound, Speak, Unsaid
from ivr.speech.session import SOUND_ONLY, Session

FRAME_S = 0.02


def voiced(words):
    """A second of sound for every ten letters, each word with a sound of its own."""
    text = words.text if isinstance(words, Say) else words.audio
    return Random(text).randbytes(len(text) * LINE_HZ // 10)


class Line:
    """`heard` is what reached the caller's ear; `events` what went to the engine; time is the line's own."""

    def __init__(self, own=SOUND_ONLY, dumb=()):
        self.session = Session(own)
        self.dumb = dumb
        self.now = 100.0
        self.buffer, self.marks = bytearray(), []
        self.sent = 0
        self.heard = bytearray()
        self.events, self.rest, self.kept, self.notices, self.unsaid = [], [], [], [], []
        self.attending = self.cleared = 0
        self.voices_work = True
        self.echoes = False

    # --- the far end

    def do(self, orders):
        for order in orders:
            match order:
                case Sound(ulaw=ulaw):
                    self.buffer += ulaw
                    self.sent += len(ulaw)
                case Mark(name=name):
                    self.marks.append((self.sent, name))
                case Clear():
                    self.cleared += 1
                    self.sent -= len(self.buffer)
                    self.buffer.clear()
                    late, self.marks = self.marks, []
                    for _, name in late:
                        self.do(self.session.marked(name, self.now))
                case Speak(ticket=ticket, words=words):
                    self.voice(ticket, words)
                case Happened(event=event):
                    self.events.append(event)
                case Rest(verbs=verbs):
                    self.rest.append(verbs)
                case Keep():
                    self.kept.append(order)
                case Unsaid(words=words):
                    self.unsaid.append(words.text)
                case Noticed(what=what, told=told):
                    self.notices.append((what, told))
                case Forget():
                    pass
                case _:
                    self.attending += type(order).__name__ == "Attend"

    def voice(self, ticket, words):
        if not self.voices_work:
            return
        if isinstance(words, Say) and words.text in self.dumb:
            self.do(self.session.unspoken(ticket, self.now))
            return
        sound = voiced(words)
        for start in range(0, len(sound), 4800):
            self.do(self.session.piece(ticket, sound[start : start + 4800], self.now))
        self.do(self.session.spoken(ticket, self.now))

    def passes(self, seconds):
        """Time goes by; the line plays what it has."""
        for _ in range(round(seconds / FRAME_S)):
            self.now += FRAME_S
            played, self.buffer = self.buffer[:160], self.buffer[160:]
            self.heard += played
            here = self.sent - len(self.buffer)
            while self.marks and self.marks[0][0] <= here:
                self.do(self.session.marked(self.marks.pop(0)[1], self.now))
            self.frame(bytes(self.heard[-960:-800]) if self.echoes else QUIET * 160)
            self.do(self.session.tick(self.now))

    def frame(self, ulaw):
        """20 ms come from the caller's end."""
        self.do(self.session.frame(ulaw))

    # --- the caller

    def is_told(self, *verbs):
        self.do(self.session.perform(verbs, self.now))

    def begins_to_speak(self):
        self.do(self.session.moment(Moment.STARTED, self.now))

    def is_heard(self, text, sure=True):
        self.do(self.session.heard(Heard(text, None, sure), self.now))

    def is_not_heard(self, why):
        self.do(self.session.heard(Nothing(why), self.now))

    def presses(self, digits):
        for digit in digits:
            self.do(self.session.key(digit, self.now))

    def has_heard(self, *words):
        """All of these, and nothing else."""
        return bytes(self.heard) == b"".join(voiced(one) for one in words)

    def noticed(self, what):
        return [told for name, told in self.notices if name == what]


def question(*texts, **fields):
    return Listen(prompts=tuple(Say(text) for text in texts), **{"expect": "intent", **fields})


__all__ = ["Line", "Play", "Record", "Say", "SpeechHeard", "question", "voiced"]
