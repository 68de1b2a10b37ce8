"""TwiML's grammar, as far as this cloud performs it: which verb may hold what, and which values its attributes take."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Check = Callable[[str], bool]


def _any(_: str) -> bool:
    return True


def _pattern(pattern: str) -> Check:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def _one_of(words: str) -> Check:
    allowed = frozenset(words.split())
    return lambda value: value in allowed


def _some_of(words: str) -> Check:
    allowed = frozenset(words.split())
    return lambda value: bool(value.split()) and allowed >= set(value.split())


def _whole(least: int, most: int = 10**9) -> Check:
    return lambda value: re.fullmatch(r"\d{1,10}", value) is not None and least <= int(value) <= most


BOOLEAN = _one_of("true false")
METHOD = _one_of("GET POST")
ADDRESS = _any  # checked where it is asked
LANGUAGE = _pattern(r"[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|\d{3})")
VOICE = _pattern(r"man|woman|(Polly|Google)\.[\w-]+")
MODEL = _pattern(
    r"default|numbers_and_commands|phone_call|experimental_(conversations|utterances)|"
    r"googlev2_(long|short|telephony|telephony_short)|deepgram_nova-[23]"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One element."""

    attributes: Mapping[str, Check] = field(default_factory=dict)
    holds: frozenset[str] = frozenset()
    """Elements that may stand in it."""
    text: bool = False
    """It may hold text."""


CALLBACK = {"statusCallback": ADDRESS, "statusCallbackMethod": METHOD}
RECORDING = {"recordingStatusCallback": ADDRESS, "recordingStatusCallbackMethod": METHOD}

KINDS: Mapping[str, Kind] = {
    "Response": Kind(
        holds=frozenset(
            {"Say", "Play", "Pause", "Gather", "Record", "Start", "Stop", "Dial", "Connect"}
            | {"Redirect", "Hangup", "Reject"}
        )
    ),
    "Say": Kind({"voice": VOICE, "language": LANGUAGE, "loop": _whole(0)}, frozenset({"prosody"}), text=True),
    "prosody": Kind({"rate": _pattern(r"(x-)?(slow|fast)|medium|\d{2,3}%"), "volume": _any, "pitch": _any}, text=True),
    "Play": Kind({"loop": _whole(0), "digits": _pattern(r"[0-9*#wW]+")}, text=True),
    "Pause": Kind({"length": _whole(1)}),
    "Gather": Kind(
        {
            "input": _pattern(r"dtmf|speech|dtmf speech|speech dtmf"),
            "action": ADDRESS,
            "method": METHOD,
            "timeout": _pattern(r"auto|[1-9]\d{0,4}"),
            "speechTimeout": _pattern(r"auto|[1-9]\d{0,4}"),
            "numDigits": _whole(1),
            "finishOnKey": _pattern(r"[0-9*#]?"),
            "actionOnEmptyResult": BOOLEAN,
            "hints": _any,
            "language": LANGUAGE,
            "speechModel": MODEL,
            "profanityFilter": BOOLEAN,
            "partialResultCallback": ADDRESS,
            "partialResultCallbackMethod": METHOD,
            "enhanced": BOOLEAN,
            "bargeIn": BOOLEAN,
            "maxSpeechTime": _whole(1, 60),
            "debug": BOOLEAN,
        },
        holds=frozenset({"Say", "Play", "Pause"}),
    ),
    "Record": Kind(
        {
            "action": ADDRESS,
            "method": METHOD,
            "timeout": _whole(0),
            "finishOnKey": _pattern(r"[0-9*#]*"),
            "maxLength": _whole(2, 86_400),
            "playBeep": BOOLEAN,
            "trim": _one_of("trim-silence do-not-trim"),
            "transcribe": BOOLEAN,
            "transcribeCallback": ADDRESS,
            **RECORDING,
            "recordingStatusCallbackEvent": _some_of("in-progress completed absent"),
        }
    ),
    "Start": Kind(holds=frozenset({"Recording"})),
    "Stop": Kind(holds=frozenset({"Recording"})),
    "Recording": Kind(
        {
            "name": _any,
            "channels": _one_of("mono dual"),
            "track": _one_of("inbound outbound both"),
            "trim": _one_of("trim-silence do-not-trim"),
            **RECORDING,
            "recordingStatusCallbackEvent": _some_of("in-progress completed absent"),
        }
    ),
    "Dial": Kind(
        {
            "action": ADDRESS,
            "method": METHOD,
            "timeout": _whole(1, 600),
            "timeLimit": _whole(1, 86_400),
            "callerId": _any,
            "callReason": _pattern(r".{0,50}"),
            "answerOnBridge": BOOLEAN,
            "hangupOnStar": BOOLEAN,
            "ringTone": _pattern(r"[a-z]{2}(-old)?"),
            "sequential": BOOLEAN,
        },
        holds=frozenset({"Number", "Conference"}),
        text=True,
    ),
    "Number": Kind(
        {
            **CALLBACK,
            "sendDigits": _pattern(r"[0-9*#wW]+"),
            "statusCallbackEvent": _some_of("initiated ringing answered completed"),
        },
        text=True,
    ),
    "Conference": Kind(
        {
            "muted": BOOLEAN,
            "beep": _one_of("true false onEnter onExit"),
            "startConferenceOnEnter": BOOLEAN,
            "endConferenceOnExit": BOOLEAN,
            "participantLabel": _pattern(r".{0,128}"),
            "jitterBufferSize": _one_of("small medium large off"),
            "waitUrl": ADDRESS,
            "waitMethod": METHOD,
            "maxParticipants": _whole(1, 250),
            "region": _one_of("us1 ie1 de1 sg1 br1 au1 jp1"),
        },
        text=True,
    ),
    "Connect": Kind({"action": ADDRESS, "method": METHOD}, holds=frozenset({"Stream"})),
    "Stream": Kind(
        {
            "url": _pattern(r"(wss|ws)://[^?#]+"),  # ws is checked where it is opened
            "name": _any,
            "track": _one_of("inbound_track"),  # all that Connect takes
            **CALLBACK,
        },
        holds=frozenset({"Parameter"}),
    ),
    "Parameter": Kind({"name": _any, "value": _any}),
    "Redirect": Kind({"method": METHOD}, text=True),
    "Hangup": Kind(),
    "Reject": Kind({"reason": _one_of("rejected busy")}),
}

POLLY_LANGUAGES = {
    "Joanna": "en-US",
    "Amy": "en-GB",
    "Nicole": "en-AU",
    "Raveena": "en-IN",
    "Zhiyu": "cmn-CN",
    "Hiujin": "yue-CN",
    "Seoyeon": "ko-KR",
    "Mizuki": "ja-JP",
}
"""Some voices and the one language each of them speaks; a pair that does not fit fails the verb."""

BASIC_LANGUAGES = frozenset({"en-US", "en-GB", "es-ES", "fr-FR", "de-DE", "it-IT"})
"""What `man` and `woman` speak."""

HEARD_LANGUAGES = frozenset(POLLY_LANGUAGES.values()) - {"cmn-CN", "yue-CN"} | {
    *(
        "cmn-Hans-CN",
        "cmn-Hant-TW",
        "yue-Hant-HK",
        "de-DE",
        "fr-FR",
        "fr-CA",
        "es-ES",
        "es-US",
        "es-MX",
        "it-IT",
        "pt-PT",
    ),
    *("pt-BR", "nl-NL", "pl-PL", "ru-RU", "sv-SE", "tr-TR", "da-DK", "nb-NO", "ro-RO"),
}
"""Languages of the recogniser, some of many."""


def speaks(voice: str, language: str) -> bool:
    """Does the voice speak the language? Voices that are not in the tables do."""
    if voice in ("man", "woman"):
        return language in BASIC_LANGUAGES
    name = voice.removeprefix("Polly.").split("-")[0]
    return POLLY_LANGUAGES.get(name, language) == language
