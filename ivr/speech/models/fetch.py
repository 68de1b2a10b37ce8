"""A model's zip from the network or from a file: resumed where it broke off, checked, unpacked whole or not at all."""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from ivr.errors import SpeechError
from ivr.speech.models.places import language_of
from ivr.speech.models.published import Published

PIECE = 1 << 18
PATIENCE_S = 30.0
"""Silence of the other side after which a download is given up; what came is kept."""
LARGEST = 20_000_000_000
"""Bytes that a zip may unpack to; Vosk's largest models have some."""

Progress = Callable[[int, int], None]
"""Bytes so far, and of how many."""


def download(model: Published, site: str, folder: Path, progress: Progress) -> Path:
    """The model's folder below `folder`. SpeechError where it cannot be had, with what is left to do."""
    folder.mkdir(parents=True, exist_ok=True)
    url, part = f"{site.rstrip('/')}/{model.name}.zip", folder / f"{model.name}.zip.part"
    try:
        _fetch(url, part, model.size, progress)
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        kept = part.stat().st_size if part.exists() else 0
        raise SpeechError(
            f"{url} could not be fetched ({getattr(error, 'reason', error)})."
            + (f" {kept} of {model.size} bytes are kept: the same command goes on from there." if kept else "")
            + " Without a network: fetch the zip elsewhere, then ivr models get ZIP"
        ) from error
    size = part.stat().st_size
    if size != model.size or (model.md5 and _md5(part) != model.md5):
        part.unlink()
        raise SpeechError(
            f"{url} is not the file we know ({size} bytes, {model.size} expected, checksum {model.md5 or 'unknown'});"
            " it was thrown away. Try again, or fetch the zip yourself and give its name."
        )
    unpacked = unpack(part, folder, model.name)
    part.unlink()
    return unpacked


def unpack(archive: Path, folder: Path, name: str | None = None) -> Path:
    """The model in a zip, as a folder of its name below `folder`. Whatever had that name is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(archive) as zipped:
            top = _top(zipped, archive)
            if name and top != name:
                raise SpeechError(f"{archive}: holds {top}, not {name}")
            if language_of(top) is None:
                raise SpeechError(f"{archive}: {top} is no name of a Vosk model, which begins with vosk-model-LANGUAGE")
            waiting = folder / f".{top}.unpacking"
            shutil.rmtree(waiting, ignore_errors=True)
            zipped.extractall(waiting)  # checks every file's own checksum
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise SpeechError(f"{archive}: not a whole zip: {error}") from error
    except OSError as error:
        raise SpeechError(f"{archive}: cannot be unpacked below {folder}: {error.strerror}") from error
    shutil.rmtree(folder / top, ignore_errors=True)
    (waiting / top).rename(folder / top)
    shutil.rmtree(waiting, ignore_errors=True)
    return folder / top


def _top(zipped: zipfile.ZipFile, archive: Path) -> str:
    """The one folder that all of a zip stands in; SpeechError where a name leads out of it."""
    tops: set[str] = set()
    for entry in zipped.infolist():
        parts = PurePosixPath(entry.filename).parts
        if entry.filename.startswith("/") or ".." in parts or "\\" in entry.filename:
            raise SpeechError(f"{archive}: the name {entry.filename!r} leads out of the folder")
        tops.update(parts[:1])
    if len(tops) != 1:
        raise SpeechError(f"{archive}: a model's zip holds one folder, this one {len(tops)}")
    if sum(entry.file_size for entry in zipped.infolist()) > LARGEST:
        raise SpeechError(f"{archive}: would unpack to more than {LARGEST // 10**9} GB")
    return tops.pop()


def _fetch(url: str, part: Path, size: int, progress: Progress) -> None:
    have = part.stat().st_size if part.exists() else 0
    if have >= size:
        progress(have, size)
        return
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        if answer.status != http.HTTPStatus.PARTIAL_CONTENT:
            have = 0  # this server cannot go on in the middle
        with part.open("ab" if have else "wb") as out:
            progress(have, size)
            while have <= size and (piece := answer.read(PIECE)):
                out.write(piece)
                have += len(piece)
                progress(have, size)
            out.flush()
            os.fsync(out.fileno())
    if have < size:
        raise OSError(f"broke off after {have} bytes")


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
