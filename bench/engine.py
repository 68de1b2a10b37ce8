"""What the engine costs: `python bench/engine.py`. Takes about 20 seconds and touches a temporary directory only.

A plain step, a whole step with decoding and encoding the state, and turns of one long call through the conductor and a
real Redis: the two-thousandth must cost what the tenth does.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ivr.call.codec import Answer, pack, to_json, unpack_state
from ivr.call.events import CallStarted, DigitsPressed, NothingHeard, SpeechHeard
from ivr.engine.step import step
from ivr.flow.hotline import Hotline
from ivr.sim.rehearsal import Rehearsal
from ivr.store import keys
from ivr.testing.stage import Stage

TELECOM = Path(__file__).parents[1] / "flows" / "telecom"
CALLER = "+12025550101"
ROUNDS = 15
STEPS = 500
LONG_CALL = 2000
WINDOW = 100
PLAIN_US = 50.0
WHOLE_US = 200.0


def cpu_us(do: Callable[[], object]) -> float:
    """Median over rounds of a step's CPU time."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(STEPS):
            do()
        rounds.append((time.process_time() - began) / STEPS * 1e6)
    return statistics.median(rounds)


def steps(house: Rehearsal, hotline: Hotline) -> None:
    conductor = house.conductor
    answer = conductor.hear("telecom", "bench", 0, CallStarted(CALLER, "", "bench"))
    stored: list[bytes] = [house.client.hget(keys.call("telecom", "bench"), "state")]  # type: ignore[list-item]
    conductor.hear("telecom", "bench", answer.turn, DigitsPressed("5"))
    stored.append(house.client.hget(keys.call("telecom", "bench"), "state"))  # type: ignore[arg-type]
    menu, offer = map(unpack_state, stored)
    now = house.clock()
    events = {
        "key to a question": (menu, stored[0], DigitsPressed("5")),
        "silence at a question": (menu, stored[0], NothingHeard()),
        "words to be understood": (menu, stored[0], SpeechHeard("my balance please", 0.9)),
        "back to the question before": (offer, stored[1], DigitsPressed("9")),
    }
    print(f"{'':30}{'step µs':>10}{'whole µs':>10}   the state has {len(stored[0])} bytes")
    for name, (state, data, event) in events.items():

        def plain(state=state, event=event) -> object:  # type: ignore[no-untyped-def]  # noqa: ANN001
            return step(hotline, state, event, now=now)

        def whole(data=data, event=event) -> object:  # type: ignore[no-untyped-def]  # noqa: ANN001
            result = step(hotline, unpack_state(data), event, now=now)
            return pack(result.state), pack(Answer(result.verbs, 1)), [to_json(entry) for entry in result.entries]

        print(f"{name:30}{cpu_us(plain):10.1f}{cpu_us(whole):10.1f}")
    print(f"{'wanted, below':30}{PLAIN_US:10.1f}{WHOLE_US:10.1f}")


def long_call(house: Rehearsal) -> None:
    """To the question about a complaint and back, and so on."""
    conductor = house.conductor
    turn = conductor.hear("telecom", "long", 0, CallStarted(CALLER, "", "bench")).turn
    costs = []
    for n in range(LONG_CALL):
        began = time.process_time()
        turn = conductor.hear("telecom", "long", turn, DigitsPressed("95"[n % 2 == 0])).turn
        costs.append((time.process_time() - began) * 1e6)
        house.clock.advance(0.001)  # far below the longest call
    size = len(house.client.hget(keys.call("telecom", "long"), "state") or b"")
    first, last = statistics.median(costs[:WINDOW]), statistics.median(costs[-WINDOW:])
    print(f"\na turn through the conductor: {first:.0f} µs of CPU at the beginning of a call, {last:.0f} after", end="")
    print(f" {LONG_CALL} turns; its state then has {size} bytes")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="ivr-bench-") as directory, Stage(Path(directory)) as stage:
        with stage.rehearse([TELECOM]) as house:
            steps(house, stage.hotline(TELECOM))
        with stage.rehearse([TELECOM]) as house:
            long_call(house)


if __name__ == "__main__":
    main()
