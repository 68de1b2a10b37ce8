"""Kill -9 of workers and of Redis under load: `python bench/kills.py [CALLS]`; 20,000 calls take some minutes.

Each call is sent twice, each answer of an agent too. Afterwards every call must have been connected exactly once or be
known to have hung up, and every agent be ready; anything else ends this with an error.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from ivr.store import embedded

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "store"))

from line_kills import Plan, run


def main(calls: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        server = embedded.start(Path(directory))
        try:
            often = {"kill_worker_every_s": 1.5, "kill_server_every_s": 10.0}
            plan = Plan(calls, workers=4, patience_s=1800, speed=5, **often)
            account = run(server, plan)
        finally:
            server.stop()
    print(account)
    assert account.lost == account.stuck == 0
    assert 0 <= account.talks - account.served <= account.hung_up


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
