"""What the designer wrote that must come out, held against what came out."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.sim.day.figures import LineFigures
from ivr.sim.day.result import Result
from ivr.sim.day.written import Wanted


def unmet(result: Result) -> list[str]:
    """One sentence for each line of `expect:` that did not come true."""
    expect = result.day.expect
    found = [*_unmet_line("all queues", result.line, expect)]
    if expect.by_machine_at_least is not None and result.by_machine < expect.by_machine_at_least:
        found.append(f"{result.by_machine:.1%} were answered by the machine, at least {expect.by_machine_at_least:.1%}")
    if expect.occupancy_at_most is not None and result.occupancy > expect.occupancy_at_most:
        found.append(f"agents were busy {result.occupancy:.1%} of their time, at most {expect.occupancy_at_most:.1%}")
    for name, wanted in expect.queues.items():
        found += _unmet_line(name, result.queue(name), wanted)
    return [f"{sentence} expected" for sentence in found]


def _unmet_line(name: str, line: LineFigures, wanted: Wanted) -> Iterator[str]:
    level = wanted.service_level
    if level is not None and line.service_level < level.at_least:
        yield (
            f"{name}: {line.service_level:.1%} were answered within {level.within_s:g} s, at least {level.at_least:.1%}"
        )
    if wanted.abandoned_at_most is not None and line.abandoned_share > wanted.abandoned_at_most:
        yield f"{name}: {line.abandoned_share:.1%} hung up in line, at most {wanted.abandoned_at_most:.1%}"
    if wanted.wait_95_at_most_s is not None and line.wait_95_s > wanted.wait_95_at_most_s:
        yield f"{name}: one in twenty waited over {line.wait_95_s:.0f} s, at most {wanted.wait_95_at_most_s:g} s"
