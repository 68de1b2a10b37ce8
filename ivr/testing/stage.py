"""Where simulated calls are played: one embedded Redis server a process, hotlines loaded once."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo

from ivr.ears import HotlineEars
from ivr.flow.hotline import Hotline
from ivr.flow.load import load
from ivr.kit import standard_kit
from ivr.sim.call import SimCall
from ivr.sim.cloud.clock import Time, VirtualClock
from ivr.sim.day.house import Scene
from ivr.sim.day.reading import find_day, read_day
from ivr.sim.day.result import Result
from ivr.sim.day.run import play_day
from ivr.sim.day.written import Day
from ivr.sim.rehearsal import Rehearsal
from ivr.sim.script import START, Script, play, read_script
from ivr.store import embedded
from ivr.store.connect import connect
from ivr.testing.homes import Home

PATIENCE_S = 10.0
"""For the server of a rehearsal: a busy machine is no outage."""


class RealTime:
    """The clock on the wall, for a person who plays a rehearsal."""

    def __call__(self) -> float:
        return time.time()

    def advance(self, seconds: float) -> None:
        time.sleep(seconds)


class Stage:
    """Use it as a context manager; the server ends with it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.kit = standard_kit()
        self._hotlines: dict[Path, Hotline] = {}
        self._home = Home(directory / "home")
        self._ears = HotlineEars()
        self._server: embedded.Embedded | None = None

    def __enter__(self) -> Stage:
        self._server = embedded.start(self.directory / "redis")
        self.client = connect(self._server.url, timeout_s=PATIENCE_S)
        self.client.config_set("appendonly", "no")  # nothing of a rehearsal outlives it; half its time went to the disk
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.client.close()
        if self._server is not None:
            self._server.stop()

    def hotline(self, folder: Path) -> Hotline:
        """Loaded once a process. Raises BadHotline."""
        folder = folder.resolve()
        if folder not in self._hotlines:
            self._hotlines[folder] = load(folder, self.kit)
        return self._hotlines[folder]

    @contextmanager
    def rehearse(
        self, folders: Sequence[Path], *, at: datetime | None = None, clock: Time | None = None
    ) -> Iterator[Rehearsal]:
        """A rehearsal that begins at `at`, in the first hotline's local time, or that runs on a clock of its own."""
        hotlines = [self.hotline(folder) for folder in folders]
        local = (at or datetime.fromisoformat(START)).replace(tzinfo=ZoneInfo(hotlines[0].file.timezone))
        running = clock or VirtualClock(local.timestamp())
        home = self._home.fresh(hotlines, running())
        house = Rehearsal(hotlines, self.client, running, self.kit, home=home)
        try:
            yield house
        finally:
            house.close()

    def play(self, folder: Path, script: Script) -> SimCall:
        """Play one scripted call on a rehearsal of its own. AssertionError where a turn is not so."""
        __tracebackhide__ = True
        with self.rehearse([folder], at=datetime.fromisoformat(script.at)) as house:
            call = SimCall(house)
            play(script, call)
            return call

    def day(self, folder: Path, name: str, *, seed: int | None = None, callers: int | None = None) -> Day:
        """A day of a hotline, with another seed or another number of callers. Raises BadHotline or BadDay."""
        day = read_day(find_day(folder, name), self.hotline(folder))
        if callers is not None:
            day = replace(day, calls=replace(day.calls, many=callers))
        return day if seed is None else replace(day, seed=seed)

    def play_day(self, folder: Path, day: Day) -> Result:
        """A whole day, on an empty store and with connectors as new."""
        return play_day(self.hotline(folder), day, self.scene(folder, day))

    def scene(self, folder: Path, day: Day) -> Scene:
        """Where a day of this hotline is played; the connectors' files are as new."""
        hotline = self.hotline(folder)
        midday = datetime.fromisoformat(f"{day.date}T12:00").replace(tzinfo=ZoneInfo(hotline.file.timezone))
        home = self._home.fresh([hotline], midday.timestamp())
        return Scene(self.client, self.kit, home, self._ears)

    def play_file(self, path: Path) -> SimCall:
        """A file of `calls/`. Raises BadScript, BadHotline or AssertionError."""
        __tracebackhide__ = True
        return self.play(path.parent.parent, read_script(path))
