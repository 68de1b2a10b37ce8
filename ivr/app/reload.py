"""New versions of hotlines while the server runs: a change that checks is served, one that does not is told."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Event, Thread

from watchfiles import watch

from ivr.app.house import House
from ivr.errors import IvrError
from ivr.flow.load import BadHotline, load

log = logging.getLogger(__name__)

SETTLE_MS = 300
"""Editors write in several steps; what changes within this time is one change."""
QUIET_MS = 1000
"""So long after the watch began without a change, it is looked what changed before."""
ENDS_WITHIN_S = 5.0


class Watcher:
    """Watches the folders of a house's hotlines in a thread of its own."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._stop = Event()
        self._thread = Thread(target=self._watch, name="reload", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after the change that is being taken in."""
        self._stop.set()
        self._thread.join(ENDS_WITHIN_S)

    def _watch(self) -> None:
        folders = self._house.settings.hotlines
        unseen = frozenset(folders)  # between the house's own reading and now nobody has watched
        news = watch(
            *folders,
            stop_event=self._stop,
            debounce=SETTLE_MS,
            rust_timeout=QUIET_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        for changes in news:
            touched = {Path(path) for _, path in changes if Path(path).suffix in (".yaml", ".wav")}
            for folder in folders:
                if folder in unseen or any(_is_of(folder, path) for path in touched):
                    self.reload(folder)
            unseen = frozenset()

    def reload(self, folder: Path) -> bool:
        """Serve the folder as it now is; False, and the old version stays, when it does not check."""
        try:
            hotline = load(folder, self._house.works.kit)
            current = self._house.works.shelf.current(hotline.name)
            if current is None:
                log.error("%s: a hotline's name cannot change while it is served; start the server anew", folder)
                return False
            if current.version == hotline.version:
                return True
            self._house.works.take_in(hotline)
            self._house.hearing.take_in(hotline)
        except BadHotline as error:
            log.error("%s does not check; calls go on with the version before:\n%s", folder, error)
            return False
        except (IvrError, OSError) as error:
            log.error("%s could not be taken in; calls go on with the version before: %s", folder, error)
            return False
        log.info("%s: new calls take version %s; running ones stay on theirs", folder, hotline.version)
        return True


def _is_of(folder: Path, path: Path) -> bool:
    """Scripted calls are tests, not part of a hotline."""
    return path.is_relative_to(folder) and path.parent.name != "calls"
