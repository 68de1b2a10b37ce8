"""Models that Vosk publishes and that suit a telephone, with sizes and checksums as others copied them from its list.

Each model's licence stands on the site; most are under Apache-2.0.
"""

from __future__ import annotations

from dataclasses import dataclass

SITE = "https://alphacephei.com/vosk/models"
"""Vosk's public site; a mirror can be named instead."""


@dataclass(frozen=True, slots=True)
class Published:
    """One model, packed as a zip."""

    name: str
    language: str
    """As hotlines name it: `zh`, where Vosk says cn."""
    size: int
    """Of the zip, in bytes."""
    md5: str | None
    """Of the zip, where we know it; guards against a broken download, not against a bad site."""


_LIST = """
small-en-us-0.15               en  41205931   -
en-us-0.22-lgraph              en  130557655  2df36985f8ed8eb7b78476cadcdab48f
small-en-in-0.4                en  37573330   62fd085f33c8c5fc01a235030e2a1fe3
small-en-gb-0.15               en  42757500   6afd611b04b2b47c129c3615dc502383
small-cn-0.22                  zh  43898754   d1a8e82933dcc7632667c036b0bb3dbb
small-ko-0.22                  ko  86914329   fa8029a173787a159e0e72fe6135f890
small-ja-0.22                  ja  49704573   0e3163dd62dfb0d823353718ac3cbf79
small-de-0.15                  de  46499967   4f21f92c0897b48287ef8839420608eb
small-fr-0.22                  fr  42233323   8873b1234503f6edd55f54bfff31cf3e
small-es-0.42                  es  39817833   2d5c94f9859a84881a0ef744738ebd31
small-it-0.22                  it  49665141   fbd8f9c72cbb8c3dfa3e4581bd3585f4
small-pt-0.3                   pt  32453112   458c69371c5a0b9ab6ee8fa417bf89da
small-ru-0.22                  ru  46236750   d1759dc83eb8fd87850129afbd9f4b7b
nl-spraakherkenning-0.6-lgraph nl  105951663  50c025bca2ebeb1dba54b3687632d92f
small-pl-0.22                  pl  52979372   91cbbd6231320467da672be31827b6ac
small-tr-0.3                   tr  36855784   198511631860597639a0ebf779263fcf
small-vn-0.4                   vi  33656337   b31b474a1ef75488c5fa575f8e2a1269
small-hi-0.22                  hi  44458845   80f1265262c9a8a515f2707498e1b485
small-fa-0.42                  fa  53431220   cc2b18af256ffab2c44055f6a02ecb3d
small-cs-0.4-rhasspy           cs  46088666   df5ddac5ee8632f6b46a6fc751953286
small-ca-0.4                   ca  43405881   5dc7901815fef3dc8b784b31f309385c
small-uz-0.22                  uz  51061189   4d75acfef76fe919c8fb68cd1179c182
small-kz-0.15                  kk  43739114   e55d95d1ffbafc0dfeb6fef044d5759b
small-eo-0.42                  eo  43839401   3e9319ca789fa06fd3efa68d51c85d6b
small-te-0.42                  te  60544249   ae3c093fd7dd883d462983b15900ca61
"""
PUBLISHED = tuple(
    Published(f"vosk-model-{name}", language, int(size), None if md5 == "-" else md5)
    for name, language, size, md5 in (line.split() for line in _LIST.strip().splitlines())
)


def find(wanted: str) -> Published | None:
    """By name, by name without its beginning, or the first of a language."""
    for one in PUBLISHED:
        if wanted in (one.name, one.name.removeprefix("vosk-model-")):
            return one
    return next((one for one in PUBLISHED if one.language == wanted), None)
