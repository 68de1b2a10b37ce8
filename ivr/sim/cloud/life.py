"""One call as the carrier has it: which document it is in, which verb, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from ivr.sim.cloud.asking import Asker, Goto
from ivr.sim.cloud.errors import Failed, Impossible, Notice
from ivr.sim.cloud.stream import MediaStream
from ivr.sim.cloud.tapes import Tapes
from ivr.sim.cloud.verbs import perform
from ivr.sim.cloud.waiting import CallerGone, LegEnded, Redirected, Signal, Waiting

if TYPE_CHECKING:
    from ivr.sim.cloud.cloud import Cloud

OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye."
MOST_DOCUMENTS_AT_ONCE = 100

Flow = Generator[Waiting, Signal, None]


class Life:
    """What happens to a call. The telephone that somebody holds is `Call`."""

    def __init__(self, cloud: Cloud, sid: str, from_: str, to: str, direction: str, asker: Asker) -> None:
        self.cloud, self.sid, self.from_, self.to, self.direction = cloud, sid, from_, to, direction
        self.asker = asker
        self.status = "ringing"
        self.parent: Life | None = None
        self.answer_at: Goto | None = None
        self.fallback_url: str | None = None
        self.status_url: str | None = None
        self.status_events = frozenset({"completed"})
        self.heard: list[str] = []
        self.streams: list[MediaStream] = []
        """The newest last."""
        self.tapes = Tapes()
        self.errors: list[Notice] = asker.notices
        self.waiting: Waiting | None = None
        self.answered_at: float | None = None
        self._flow: Flow | None = None
        self._news = 0
        self._told_the_end = False
        self._asked = (0.0, 0)

    def now(self) -> float:
        return self.cloud.clock()

    def hear(self, text: str) -> None:
        self.heard.append(text)
        self.tapes.hear(text)

    def note(self, notice: Notice) -> None:
        self.errors.append(notice)

    def standard(self) -> dict[str, str]:
        """The parameters of every request."""
        told = {
            "CallSid": self.sid,
            "AccountSid": self.cloud.account,
            "From": self.from_,
            "To": self.to,
            "Caller": self.from_,
            "Called": self.to,
            "CallStatus": self.status,
            "ApiVersion": "2010-04-01",
            "Direction": self.direction,
        }
        return told | ({"ParentCallSid": self.parent.sid} if self.parent else {})

    def answered(self) -> None:
        self.status, self.answered_at = "in-progress", self.now()
        self.tell("answered")

    def start(self, goto: Goto) -> None:
        """Perform the document at an address, and what follows from it."""
        self._flow = self._live(goto)
        self._go(lambda flow: next(flow))

    def signal(self, signal: Signal) -> None:
        """Something has happened. A call that is over or waits for nothing takes no notice."""
        if self.status in OVER:
            return
        if self._flow is not None and self.waiting is not None:
            self._go(lambda flow: flow.send(signal))
        elif self.waiting is not None:  # a leg that rings to its end
            self.finish("no-answer")

    def interrupt(self, goto: Goto) -> None:
        """REST: stop the verb, go on elsewhere."""
        if self.status in OVER:
            return
        if self._flow is None:
            self.answer_at = goto
            return
        self._leave(Redirected(), None)
        self.start(goto)

    def end(self, status: str) -> None:
        """REST: end the call."""
        if self.status not in OVER:
            self._leave(CallerGone(), status) if self._flow is not None else self.finish(status)

    def ask_in_passing(self, goto: Goto) -> None:
        """Ask for an action of a call that is over: the answer is not performed."""
        self.status = "completed"
        if self.cloud.hostile.end_before_actions:
            self.tell("completed")
        try:
            self.asker.document(goto, self.standard())
        except Failed as error:
            self.note(error.notice)

    def finish(self, status: str) -> None:
        if self.status in OVER and self.waiting is None:
            return
        self.status, self.waiting, self._flow = status, None, None
        self.tapes.end(self)
        if not self._told_the_end:
            self.tell("completed")
        if self.parent is not None:
            self.cloud.post(self.parent, LegEnded(self.sid, status, self.seconds()))
        self.asker.browser.close()

    def seconds(self) -> float:
        return 0.0 if self.answered_at is None else self.now() - self.answered_at

    def tell(self, event: str) -> None:
        """A status callback, if anybody has asked for this event."""
        if self.status_url is None or event not in self.status_events:
            return
        told = {**self.standard(), "CallbackSource": "call-progress-events", "SequenceNumber": str(self._news)}
        self._news += 1
        if event == "completed":
            self._told_the_end = True
            seconds = round(self.seconds())
            told |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
        self.cloud.callback(self, self.status_url, told)

    def _live(self, goto: Goto | None) -> Generator[Waiting, Signal, None]:
        while goto is not None:
            self.guard()
            try:
                following = yield from perform(self, self.asker.document(goto, self.standard()))
            except Failed as error:
                self.note(error.notice)
                following = self._fallback(error.notice, goto)
            goto = following

    def _fallback(self, notice: Notice, goto: Goto) -> Goto | None:
        if self.fallback_url is None or goto.url == self.fallback_url:
            self.hear(APPLICATION_ERROR)
            return None
        return Goto(self.fallback_url, told={"ErrorCode": str(notice.code), "ErrorUrl": notice.url})

    def guard(self) -> None:
        """Documents that take no time and lead on to each other would never let the test go on."""
        now = self.now()
        self._asked = (now, self._asked[1] + 1 if self._asked[0] == now else 1)
        if self._asked[1] > MOST_DOCUMENTS_AT_ONCE:
            raise Impossible(
                f"{self.sid}: over {MOST_DOCUMENTS_AT_ONCE} documents in no time; the last: {self.asker.exchanges[-1]}"
            )

    def _go(self, move: Callable[[Flow], Waiting]) -> None:
        assert self._flow is not None
        try:
            self.waiting = move(self._flow)
        except StopIteration:
            self.finish("completed" if self.status not in OVER else self.status)

    def _leave(self, why: CallerGone | Redirected, status: str | None) -> None:
        """End the verb being performed; with a status the call, too."""
        flow = self._flow
        if flow is not None:
            try:
                flow.throw(why)
            except (CallerGone, Redirected, StopIteration):
                self._flow = None
        if status is not None:
            self.finish(status)
