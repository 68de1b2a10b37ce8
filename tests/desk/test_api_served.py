"""The API of a whole server, with the sample hotline."""

from __future__ import annotations

from pathlib import Path

from app_house import MONDAY_MORNING, Line, client, opened

from ivr.store.records.tokens import Token, TokenBook


def test_a_server_tells_of_its_hotline_to_whoever_has_a_token(tmp_path: Path) -> None:  # R94
    with opened(tmp_path / "data") as house:
        web = client(house)
        assert "ivr tokens add" in web.get("/api/v1/queues").json["detail"]
        secret = TokenBook(house.engine).add(Token("board", "telecom", "supervisor", "", MONDAY_MORNING))
        headers = {"Authorization": f"Bearer {secret}"}
        call = Line(web).dials().presses("0").call
        house.recorder.round()
        told = web.get("/api/v1/queues", headers=headers).json
        queues = list(house.works.shelf.current("telecom").queues.queues)
        assert [one["queue"] for one in told["queues"]] == queues
        assert told["totals"]["waiting"] == 1
        agents = web.get("/api/v1/agents", headers=headers).json["items"]
        assert {one["state"] for one in agents} == {"signed_out"}
        rules = web.get("/api/v1/rules", headers=headers).json["rules"]
        assert [one["fitted"] for one in rules if one["rule"] == "everybody"] == [1]
        why = web.get(f"/api/v1/calls/{call}/why", headers=headers).json
        assert why["joined"][0]["queue"] == "general"
        assert why["running"] is True
