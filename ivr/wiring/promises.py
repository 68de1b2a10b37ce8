"""The lists that people work: callbacks promised and messages left, in the database of records."""

from __future__ import annotations

import logging

import sqlalchemy as sa

from ivr.call.tasks import BookCallback, FollowUp, KeepVoicemail
from ivr.errors import CarrierError, HostError
from ivr.runtime.chores import Due, callback_name
from ivr.runtime.ports import Clock
from ivr.store.records.promises import Promise, PromiseBook
from ivr.store.records.reader import RecordsReader
from ivr.store.records.transcripts import TranscriptBook
from ivr.wiring.voicemail import Voicemails, recording_id

log = logging.getLogger(__name__)

SHORTEST_S = 1.0
"""A recording below this is no message, as the step `record` has it."""


class SqlPromises:
    """The `Promises` port: a row for each promise, and the message's file beside.

    A message is told of twice, in any order: by the flow that took it (a chore, tried again until the file is here) and
    by the carrier, when the file can be had (`ready`). Both write one row, named after the recording, and whoever comes
    first when the file is there fetches it.

    Only the flow knows what a caller spoke and whether it is secret, so a message that no flow has told of is listed,
    and is neither given to anybody to hear nor written down.
    """

    def __init__(self, engine: sa.Engine, voicemails: Voicemails, clock: Clock) -> None:
        self.book = PromiseBook(engine)
        self.transcripts = TranscriptBook(engine)
        self._records = RecordsReader(engine)
        self._voicemails = voicemails
        self._clock = clock

    def callback(self, due: Due, task: BookCallback, *, now: float) -> None:
        self.book.keep(
            Promise(
                once=callback_name(due),
                kind="callback",
                hotline=due.hotline,
                call=due.call,
                queue=task.queue,
                number=task.number,
                at=now,
                since=task.since,
                reason=task.reason,
            )
        )

    def follow_up(self, due: Due, task: FollowUp, *, now: float) -> None:
        """One for each call and intent, however often the chore is done."""
        self.book.keep(
            Promise(
                once=f"{due.call}.{task.intent}",
                kind="follow_up",
                hotline=due.hotline,
                call=due.call,
                queue="",
                number=task.number,
                at=now,
                since=now,
                reason=f"{task.intent}, {task.outcome}",
            )
        )

    def voicemail(self, due: Due, task: KeepVoicemail, *, now: float) -> None:
        """On the list at once; raises CarrierError while its file cannot be had, and is tried again."""
        once = recording_id(task.recording) or due.once
        # Before its sound can be here: nobody shall find a secret one that waits to be written down.
        self.transcripts.expect(once, task.language, secret=task.secret)
        self.book.keep(
            Promise(
                once=once,
                kind="voicemail",
                hotline=due.hotline,
                call=due.call,
                queue=task.queue,
                number=task.number,
                at=now,
                since=now,
                recording=task.recording,
                duration_s=task.duration_s,
            )
        )
        file = self._voicemails.fetch(due.hotline, task.recording)
        if file is not None:
            self.book.attach(once, str(file))

    def ready(self, hotline: str, call: str, recording: str, duration_s: float) -> None:
        """The carrier has the file. What goes wrong here is mended by the chore's next try.

        A message whose flow never told of it (the server was away when it ended) is put on the list from what is known.
        """
        once = recording_id(recording)
        if once is None or duration_s < SHORTEST_S:
            return
        try:
            file = self._voicemails.fetch(hotline, recording)
            if file is not None and self.book.attach(once, str(file)):
                return
            now, known = self._clock(), self._records.call(call, hotline=hotline)
            self.book.keep(
                Promise(
                    once=once,
                    kind="voicemail",
                    hotline=hotline,
                    call=call,
                    queue="",
                    number=(known and known.summary.caller) or "",
                    at=now,
                    since=now,
                    recording=recording,
                    duration_s=duration_s,
                    file=str(file) if file else None,
                )
            )
        except (CarrierError, HostError) as error:
            log.warning("call %s: recording %s is ready and waits for its chore: %s", call, once, error)
