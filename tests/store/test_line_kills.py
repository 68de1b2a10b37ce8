"""Kill workers and the server under load: each caller is connected exactly once or known to have left."""

from pathlib import Path

from line_kills import Plan, run

from ivr.store import embedded


def test_killed_workers_and_servers_lose_nobody(tmp_path: Path) -> None:
    server = embedded.start(tmp_path)
    try:
        plan = Plan(calls=400, kill_worker_every_s=0.15, kill_server_every_s=0.25, patience_s=240)
        account = run(server, plan)
    finally:
        server.stop()
    assert account.lost == 0
    assert account.stuck == 0
    assert account.served + account.hung_up == plan.calls
    assert 0 <= account.talks - account.served <= account.hung_up, "each talk is one call's, and each call's is one"
    assert account.killed_workers >= 2
    assert account.killed_servers >= 1
