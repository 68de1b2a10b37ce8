"""Where the connectors of rehearsals keep their files. What a company begins with is made once a day and version, in
memory; each rehearsal finds it as new."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ivr.flow.hotline import Hotline
from ivr.wiring.opening import open_connectors

Files = Mapping[Path, bytes]


class Home:
    """One directory, for one rehearsal after the other: making and removing a directory each time costs more."""

    def __init__(self, directory: Path) -> None:
        self._path = directory
        self._made: dict[tuple[str, str, date], Files] = {}

    def fresh(self, hotlines: Sequence[Hotline], now: float) -> Path:
        """The directory, with nothing in it but what these hotlines' companies begin with today."""
        wanted: dict[Path, bytes] = {}
        for hotline in hotlines:
            wanted.update(self._begins_with(hotline, now))
        for left in self._path.rglob("*"):
            if left.is_file() and left.relative_to(self._path) not in wanted:
                left.unlink()
        for name, content in wanted.items():
            path = self._path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return self._path

    def _begins_with(self, hotline: Hotline, now: float) -> Files:
        today = datetime.fromtimestamp(now, ZoneInfo(hotline.file.timezone)).date()
        key = (hotline.name, hotline.version, today)
        if key not in self._made:
            with tempfile.TemporaryDirectory() as directory:
                below = Path(directory)
                opened = open_connectors(hotline, home=below / hotline.name, env={}, today=today)
                for connector in opened.values():
                    connector.close()
                files = [path for path in below.rglob("*") if path.is_file()]
                self._made[key] = {path.relative_to(below): path.read_bytes() for path in files}
        return self._made[key]
