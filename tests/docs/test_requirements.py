"""docs/requirements.md against the tests: each number once, each test it names is there, no number untold."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROW = re.compile(r"\| (\d+) \| (.+) \| (.+) \| (.+) \|")


def rows() -> dict[int, tuple[str, str]]:
    """Number → where it lives, and what shows it."""
    lines = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8").splitlines()
    return {int(row[1]): (row[3], row[4]) for line in lines if (row := ROW.fullmatch(line))}


def shown() -> Iterator[int]:
    """Every number that a test or a scripted call carries."""
    for path in [*ROOT.glob("tests/**/*.py"), *ROOT.glob("tests/**/*.yaml")]:
        yield from map(int, re.findall(r"#.*?\bR(\d{1,3})\b", path.read_text(encoding="utf-8")))
    for path in ROOT.glob("flows/*/calls/*.yaml"):
        for numbers in re.findall(r"^shows: \[([\d, ]+)\]", path.read_text(encoding="utf-8"), re.MULTILINE):
            yield from map(int, numbers.split(","))


def test_every_requirement_has_its_row() -> None:
    assert list(rows()) == list(range(1, 109))


@pytest.mark.parametrize("number", sorted(set(shown())))
def test_what_a_test_shows_is_told(number: int) -> None:
    where, _ = rows()[number]
    assert where != "not yet", f"tests carry R{number}, but its row says that it lives nowhere"


def test_every_test_it_names_is_there() -> None:
    missing = [
        name
        for _, shows in rows().values()
        for name in re.findall(r"`([^`]+\.(?:py::\w+|yaml))`", shows)
        if not there(name)
    ]
    assert not missing


def there(name: str) -> bool:
    path, _, test = name.partition("::")
    if path.startswith("calls/"):
        return (ROOT / "flows" / "telecom" / path).is_file()
    file = ROOT / "tests" / path
    return file.is_file() and f"def {test}(" in file.read_text(encoding="utf-8")
