"""What a rehearsed day costs: `python bench/day.py [monday|outage …]`. About half a minute for both.

Seconds on the wall hang on what else the machine does; CPU seconds less so. Ours and the server's add up, because one
waits for the other. Then which of the store's scripts the time goes to.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ivr.sim.day.house import House, Scene
from ivr.sim.day.run import result_of
from ivr.testing.stage import Stage

TELECOM = Path(__file__).parents[1] / "flows" / "telecom"
DAYS = ("monday", "outage")
WANTED_S = 10.0
SHOWN = 8


def server_s(client: Any) -> float:
    used = client.info("cpu")
    return float(used["used_cpu_sys"] + used["used_cpu_user"])


def play(stage: Stage, name: str) -> None:
    scene: Scene = stage.scene(TELECOM, stage.day(TELECOM, name))
    house = House(stage.hotline(TELECOM), stage.day(TELECOM, name), scene)
    stage.client.config_resetstat()
    server, began, cpu = server_s(stage.client), time.perf_counter(), time.process_time()
    try:
        house.play()
        wall, cpu, server = time.perf_counter() - began, time.process_time() - cpu, server_s(stage.client) - server
        commands = stage.client.info("commandstats")
        result = result_of(house)
    finally:
        house.close()
    calls = len(result.calls)
    print(f"{name}: {calls} calls, {len(result.desks)} agents, {result.turns} turns, {house.looks} looks at the line")
    print(
        f"  wall {wall:.1f} s at load {os.getloadavg()[0]:.1f}, wanted below {WANTED_S:.0f}: {calls / wall:.0f} calls/s"
    )
    print(f"  CPU {cpu:.1f} s ours + {server:.1f} s the server's: {calls / (cpu + server):.0f} calls per CPU second")
    busiest = sorted(commands.items(), key=lambda one: -one[1]["usec"])[:SHOWN]
    print("  of the server: " + ", ".join(f"{key[8:]} {one['calls']}" for key, one in busiest))
    print(f"  broken: {len(result.broken)}, found by the net below the looks: {house.looks_in_vain}")
    print(f"  {result.fingerprint}")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="ivr-bench-") as directory, Stage(Path(directory)) as stage:
        for name in sys.argv[1:] or DAYS:
            play(stage, name)


if __name__ == "__main__":
    main()
