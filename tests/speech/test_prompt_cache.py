"""The cache of prompts: whole files or none, several writers, and never larger than it may be."""

import multiprocessing
import os
from pathlib import Path

import pytest

from ivr.errors import SpeechError
from ivr.speech.cache import ENDING, PromptCache, key

SOUND = bytes(range(256)) * 40


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def a_key(n=0):
    return key(f"text {n}", "en", "voice", "1", 1.0)


def files(cache):
    return [path for path in cache.folder.rglob("*") if path.is_file()]


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    cache = PromptCache(tmp_path / "new" / "prompts")
    assert cache.get(a_key()) is None
    cache.put(a_key(), SOUND)
    assert cache.get(a_key()) == SOUND
    assert PromptCache(tmp_path / "new" / "prompts").get(a_key()) == SOUND


def test_nothing_to_say_is_kept_too(tmp_path: Path) -> None:
    cache = PromptCache(tmp_path)
    cache.put(a_key(), b"")
    assert cache.get(a_key()) == b""


@pytest.mark.parametrize(
    "other",
    [
        ("other", "en", "voice", "1", 1.0),
        ("text", "zh", "voice", "1", 1.0),
        ("text", "en", "other", "1", 1.0),
        ("text", "en", "voice", "2", 1.0),
        ("text", "en", "voice", "1", 0.85),
        ("text", "", "envoice", "1", 1.0),
    ],
)
def test_whatever_can_be_heard_makes_another_key(other: tuple) -> None:
    assert key(*other) != key("text", "en", "voice", "1", 1.0)


def test_a_rate_is_a_rate_however_it_was_worked_out() -> None:
    assert key("text", "en", "voice", "1", 1 - 0.15) == key("text", "en", "voice", "1", 0.85)


@pytest.mark.parametrize(
    "broken", [lambda held: held[:-1], lambda held: held[:7], lambda held: b"", lambda held: held[:-1] + b"\0"]
)
def test_a_broken_file_is_said_anew(tmp_path: Path, broken) -> None:
    cache = PromptCache(tmp_path)
    cache.put(a_key(), SOUND)
    (path,) = files(cache)
    path.write_bytes(broken(path.read_bytes()))
    assert cache.get(a_key()) is None
    cache.put(a_key(), SOUND)
    assert cache.get(a_key()) == SOUND


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    cache = PromptCache(tmp_path, most_bytes=5 * len(SOUND), clock=Clock())
    for n in range(4):
        cache.put(a_key(n), SOUND)
    assert cache.get(a_key(0)) is not None
    for n in range(4, 6):
        cache.put(a_key(n), SOUND)
    there = [n for n in range(6) if cache.get(a_key(n)) is not None]
    assert there == [0, 3, 4, 5]
    assert sum(path.stat().st_size for path in files(cache)) <= 5 * len(SOUND)


def test_a_half_written_file_whose_writer_died_goes_when_it_is_old(tmp_path: Path) -> None:
    clock = Clock()
    cache = PromptCache(tmp_path, clock=clock)
    cache.put(a_key(), SOUND)
    left = files(cache)[0].parent / "tmpabc"
    left.write_bytes(SOUND)
    os.utime(left, times=(clock.now, clock.now))
    cache.sweep()
    assert left.exists()
    clock.now += 3600
    cache.sweep()
    assert not left.exists()
    assert cache.get(a_key()) == SOUND


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = PromptCache(tmp_path / "file" / "prompts")
    assert cache.get(a_key()) is None
    with pytest.raises(SpeechError, match=r"prompts cannot be kept in .*: Not a directory"):
        cache.put(a_key(), SOUND)


def fill(folder, start):
    cache = PromptCache(folder, most_bytes=8 * len(SOUND))
    for n in range(60):
        name = a_key((start + n) % 12)
        held = cache.get(name)
        assert held in (None, SOUND)
        cache.put(name, SOUND)


def test_several_processes_write_read_and_sweep_at_once(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=fill, args=(tmp_path, 4 * n)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    left = files(PromptCache(tmp_path))
    assert all(path.suffix == ENDING for path in left)
    assert sum(path.stat().st_size for path in left) <= 8 * len(SOUND) + 3 * len(SOUND)
