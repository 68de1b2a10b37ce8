"""Random operations on the line against plain lists: `python bench/oracle.py [ASSIGNMENTS] [SEED]`.

Every feature of queues, agents and callbacks takes part; every answer and every state is compared, every assignment
with the one that brute force over all callers and all agents finds. Prints what was compared, and stops at the first
difference. 100,000 assignments take a quarter of an hour of one core; other seeds find other ways.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from ivr.store import embedded
from ivr.store.connect import connect

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "store"))

from line_world import LineWorld
from test_line_oracle import Both

AGREE_EVERY = 250
WEIGHTS = (35, 50, 45, 3, 2, 2, 20, 45, 14, 2, 1, 6)
"""Mostly offers, so that many are compared."""
NEW_CALLER_EVERY = 4
"""Operations."""
RUN = 4_000
"""Operations before a new line with other policies is begun."""


def main(assignments: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        server = embedded.start(Path(directory))
        client = connect(server.url, timeout_s=10)
        began, done, talks, operations = time.monotonic(), 0, 0, 0
        try:
            while done < assignments:
                client.flushall()
                both = Both(LineWorld(client), seed)
                both.weights = WEIGHTS
                for n in range(RUN):
                    both.one()
                    both.calls = 14 + n // NEW_CALLER_EVERY
                    if n % AGREE_EVERY == 0:
                        both.agree()
                both.agree()
                seed, operations = seed + 1, operations + RUN
                done, talks = done + both.assigned, talks + both.connected
                print(f"{operations} operations, {done} assignments, {talks} talks, 0 wrong", flush=True)
        finally:
            client.close()
            server.stop()
        print(f"in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*(given + [100_000, 1][len(given) :]))
