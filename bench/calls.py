"""How many simulated calls a machine makes: `python bench/calls.py [HOTLINE] [CALLS]`; 2,000 of the sample hotline.

The hotline's scripted calls are played in turn, each on a rehearsal of its own as in tests: a real Redis server, the
real company's data made anew, virtual time. Two processes share the work, as `pytest -n 2` does. The first call of
each process, which loads and trains, is not counted in the seconds per call, but is in the whole.
"""

from __future__ import annotations

import itertools
import multiprocessing
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ivr.sim.script import read_script
from ivr.testing.stage import Stage

PROCESSES = 2
CALLS = 2000
SLOWEST = 5
TELECOM = Path(__file__).parents[1] / "flows" / "telecom"


@dataclass(frozen=True)
class Played:
    """What one process has to tell."""

    seconds: dict[str, float]
    """Script → its slowest call."""
    total_s: float
    """From the second call to the last."""
    cpu_s: float
    """Of this process, over the same calls."""
    server_cpu_s: float
    """Of its Redis server, from start to end."""
    turns: int


def play(task: tuple[Path, int]) -> Played:
    """Play so many calls, all scripts in turn."""
    hotline, calls = task
    scripts = {path.stem: read_script(path) for path in sorted((hotline / "calls").glob("*.yaml"))}
    slowest = dict.fromkeys(scripts, 0.0)
    turns = 0
    with tempfile.TemporaryDirectory(prefix="ivr-bench-") as directory, Stage(Path(directory)) as stage:
        stage.play(hotline, next(iter(scripts.values())))
        began, cpu = time.perf_counter(), time.process_time()
        for name, script in itertools.islice(itertools.cycle(scripts.items()), calls):
            at = time.perf_counter()
            call = stage.play(hotline, script)
            slowest[name] = max(slowest[name], time.perf_counter() - at)
            turns += len(call.line.transcript.turns)
        total_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Played(slowest, total_s, cpu_s, children.ru_utime + children.ru_stime, turns)


def main() -> None:
    hotline = Path(sys.argv[1]) if len(sys.argv) > 1 else TELECOM
    calls = int(sys.argv[2]) if len(sys.argv) > 2 else CALLS
    shares = [(hotline, calls // PROCESSES)] * PROCESSES
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        played = pool.map(play, shares)
    whole_s = time.perf_counter() - began
    done = sum(count for _, count in shares)
    print(f"{done} calls in {whole_s:.1f} s by {PROCESSES} processes: {done / whole_s:.0f} calls a second")
    cpu_ms = 1000 * sum(one.cpu_s for one in played) / done
    print(f"a call: {1000 * sum(one.total_s for one in played) / done:.1f} ms, of it {cpu_ms:.1f} ms CPU of ours")
    print(f"lines in a call's transcript: {sum(one.turns for one in played) / done:.1f}")
    worst = sorted(played[0].seconds.items(), key=lambda item: -item[1])[:SLOWEST]
    print("slowest: " + ", ".join(f"{name} {1000 * seconds:.0f} ms" for name, seconds in worst))


if __name__ == "__main__":
    main()
