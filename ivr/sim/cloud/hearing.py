"""What one Say or Play puts into an ear, and how long it lasts."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ivr.sim.cloud.document import check_say
from ivr.sim.cloud.timing import spoken_s

if TYPE_CHECKING:
    from ivr.sim.cloud.life import Life


def say_once(call: Life, verb: ET.Element, url: str) -> float:
    """Seconds; 0 for words without a letter. Raises Failed."""
    if not check_say(verb, url, call.note):
        return 0.0
    text = " ".join("".join(verb.itertext()).split())
    call.hear(text)
    return spoken_s(text)


def play_once(call: Life, verb: ET.Element, url: str) -> float:
    """Seconds. The sound is fetched. Raises Failed."""
    sound = urljoin(url, (verb.text or "").strip())
    seconds = call.asker.audio(sound)
    call.hear(f"♪ {sound.rsplit('/', 1)[-1]}")
    return seconds


def loops(verb: ET.Element) -> int:
    """How often; 0 in the document means until somebody hangs up, or a thousand times."""
    return int(verb.get("loop", "1")) or 1000
