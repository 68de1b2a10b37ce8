"""Our language codes in Twilio's words, in one table.

`Say` needs a voice that speaks the language: the account's default voice knows few, and a pair that does not fit fails
the whole verb. The voices are Amazon Polly's standard ones, which every account has. `Gather` names languages for its
recogniser in another way than `Say` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Tongue:
    say: str
    """`language` of Say."""
    voice: str
    """`voice` of Say."""
    hear: str
    """`language` of Gather."""


DEFAULT = Tongue("en-US", "Polly.Joanna", "en-US")

TONGUES: Mapping[str, Tongue] = MappingProxyType(
    {
        "en": DEFAULT,
        "en-gb": Tongue("en-GB", "Polly.Amy", "en-GB"),
        "en-au": Tongue("en-AU", "Polly.Nicole", "en-AU"),
        "en-in": Tongue("en-IN", "Polly.Raveena", "en-IN"),
        "zh": Tongue("cmn-CN", "Polly.Zhiyu", "cmn-Hans-CN"),
        "zh-tw": Tongue("cmn-CN", "Polly.Zhiyu", "cmn-Hant-TW"),
        "zh-hk": Tongue("yue-CN", "Polly.Hiujin-Neural", "yue-Hant-HK"),
        "yue": Tongue("yue-CN", "Polly.Hiujin-Neural", "yue-Hant-HK"),
        "ko": Tongue("ko-KR", "Polly.Seoyeon", "ko-KR"),
        "ja": Tongue("ja-JP", "Polly.Mizuki", "ja-JP"),
        "de": Tongue("de-DE", "Polly.Vicki", "de-DE"),
        "fr": Tongue("fr-FR", "Polly.Lea", "fr-FR"),
        "fr-ca": Tongue("fr-CA", "Polly.Chantal", "fr-CA"),
        "es": Tongue("es-ES", "Polly.Lucia", "es-ES"),
        "es-us": Tongue("es-US", "Polly.Lupe", "es-US"),
        "es-mx": Tongue("es-MX", "Polly.Mia", "es-MX"),
        "it": Tongue("it-IT", "Polly.Bianca", "it-IT"),
        "pt": Tongue("pt-PT", "Polly.Ines", "pt-PT"),
        "pt-br": Tongue("pt-BR", "Polly.Camila", "pt-BR"),
        "nl": Tongue("nl-NL", "Polly.Lotte", "nl-NL"),
        "pl": Tongue("pl-PL", "Polly.Ewa", "pl-PL"),
        "ru": Tongue("ru-RU", "Polly.Tatyana", "ru-RU"),
        "sv": Tongue("sv-SE", "Polly.Astrid", "sv-SE"),
        "tr": Tongue("tr-TR", "Polly.Filiz", "tr-TR"),
        "da": Tongue("da-DK", "Polly.Naja", "da-DK"),
        "nb": Tongue("nb-NO", "Polly.Liv", "nb-NO"),
        "ro": Tongue("ro-RO", "Polly.Carmen", "ro-RO"),
    }
)


def tongue(language: str) -> Tongue:
    """The nearest we have: `en-NZ` is spoken as `en`, a language that is not in the table as US English."""
    code = language.replace("_", "-").lower()
    return TONGUES.get(code) or TONGUES.get(code.split("-")[0], DEFAULT)
