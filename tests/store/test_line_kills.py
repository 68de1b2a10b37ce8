"""Kill workers and the server under load: each caller is connected exactly once or known to have left."""

from pathlib import Path

from line_kills import Plan, run

from ivr.store import embedded


def test_killed_workers_and_servers_lose_nobody(tmp_path: Path) -> None:
    server = embedded.start(tmp_path)
    try:
        often = {"kill_worker_every_s": 0.0, "kill_server_every_s": 0.0, "talks_between": 60}
        plan = Plan(calls=400, most_waiting=20, **often)
        account = run(server, plan)
    finally:
        server.stop()
    assert account.lost == 0
    assert account.stuck == 0
    assert account.served + account.hung_up == plan.calls
    assert 0 <= account.talks - account.served <= account.hung_up, "each talk is one call's, and each call's is one"
    assert account.killed_workers >= 3
    assert account.killed_servers >= 3
