"""A document as the carrier reads it: size and kind first, then the XML, then the grammar."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from ivr.sim.cloud.errors import (
    EMPTY_TEXT,
    GATHER_LANGUAGE,
    GATHER_SPEECH_TIMEOUT,
    NOT_XML,
    SCHEMA,
    TEXT_TOO_LONG,
    TOO_LARGE,
    VOICE,
    WRONG_CONTENT_TYPE,
    WRONG_ROOT,
    Failed,
    Notice,
)
from ivr.sim.cloud.grammar import HEARD_LANGUAGES, KINDS, speaks
from ivr.sim.cloud.web import Reply

MAX_BYTES = 64 * 1024
TWIML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})
MAX_HINTS = 500
MAX_HINT_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Document:
    url: str
    """What relative addresses in it are relative to, and where an `action` that is not there leads."""
    verbs: tuple[ET.Element, ...]


Note = Callable[[Notice], None]


def read(reply: Reply, url: str, note: Note) -> Document:
    """The document in an answer. Raises Failed for what ends the document; warnings go to `note`."""
    if len(reply.body) > MAX_BYTES:
        raise Failed(TOO_LARGE, url, f"{len(reply.body)} bytes, and 64 kB is the limit")
    if reply.content_type not in TWIML_TYPES:
        raise Failed(WRONG_CONTENT_TYPE, url, f"content type {reply.content_type!r}")
    try:
        root = ET.fromstring(reply.body)
    except ET.ParseError as error:
        raise Failed(NOT_XML, url, f"not XML: {error}") from error
    if root.tag != "Response":
        raise Failed(WRONG_ROOT, url, f"the root element is {root.tag}, not Response")

    def warn(code: int, text: str) -> None:
        note(Notice(code, url, text, warning=True))

    _check(root, warn)
    for first in list(root)[1:]:
        if first.tag == "Reject":
            warn(SCHEMA, "Reject must be the first verb")
    return Document(url, tuple(child for child in root if child.tag in KINDS["Response"].holds))


def check_say(say: ET.Element, url: str, note: Note) -> bool:
    """May this be spoken? Nothing to say is a warning, too much ends the document."""
    text = "".join(say.itertext()).strip()
    if not text:
        note(Notice(EMPTY_TEXT, url, "Say without text", warning=True))
        return False
    voice, language = say.get("voice", "man"), say.get("language", "en-US")
    if len(say) and not voice.startswith("Polly."):
        note(Notice(SCHEMA, url, f"{voice} takes no SSML", warning=True))
    limit = 3000 if voice.startswith("Polly.") else 5000 if voice.startswith("Google.") else 4096
    if len(text.encode()) > limit:
        raise Failed(TEXT_TOO_LONG, url, f"{len(text.encode())} bytes for {voice}, and {limit} is the limit")
    if len(quote(text, safe="")) > 4500:
        raise Failed(TEXT_TOO_LONG, url, f"{len(quote(text, safe=''))} letters in URL form, and 4500 is the limit")
    if not speaks(voice, language):
        raise Failed(VOICE, url, f"{voice} does not speak {language}")
    return True


def check_gather(gather: ET.Element, url: str) -> None:
    """What the recogniser refuses."""
    if "speech" not in gather.get("input", "dtmf"):
        return
    language = gather.get("language", "en-US")
    if language not in HEARD_LANGUAGES:
        raise Failed(GATHER_LANGUAGE, url, f"the recogniser does not know {language}")
    if gather.get("speechModel") and not gather.get("speechTimeout", "1").isdigit():
        raise Failed(GATHER_SPEECH_TIMEOUT, url, "speechTimeout must be a number where speechModel is set")


def _check(element: ET.Element, warn: Callable[[int, str], None]) -> None:
    kind = KINDS[element.tag]
    for name, value in element.attrib.items():
        if name not in kind.attributes:
            warn(SCHEMA, f"{element.tag} has no attribute {name!r}")
        elif not kind.attributes[name](value):
            warn(SCHEMA, f"{element.tag} {name}={value[:60]!r} is not allowed")
    if not kind.text and any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
        warn(SCHEMA, f"{element.tag} holds text")
    if hints := element.get("hints"):
        _check_hints(hints.split(","), warn)
    for child in element:
        if child.tag not in kind.holds:
            warn(SCHEMA, f"{element.tag} may not hold {child.tag}")
        else:
            _check(child, warn)


def _check_hints(hints: list[str], warn: Callable[[int, str], None]) -> None:
    if len(hints) > MAX_HINTS:
        warn(SCHEMA, f"{len(hints)} hints, and {MAX_HINTS} is the limit")
    if any(len(hint) > MAX_HINT_LETTERS for hint in hints):
        warn(SCHEMA, f"a hint has over {MAX_HINT_LETTERS} letters")
