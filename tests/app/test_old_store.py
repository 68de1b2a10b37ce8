"""A server is not begun on a store that cannot keep its calls, and one that begins tidies up after an older one."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_house import opened

from ivr.app.house import build
from ivr.errors import SettingsError
from ivr.settings import Settings
from ivr.store import embedded
from ivr.store.connect import connect
from ivr.store.keys import tag

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"


class OldRedis(socketserver.StreamRequestHandler):
    """What a server of 2018 says of itself, and to all else: yes."""

    def handle(self) -> None:
        while head := self.rfile.readline():
            words = [self._word() for _ in range(int(head[1:]))]
            told = b"# Server\r\nredis_version:5.0.6\r\n"
            is_asked = words[0].upper() == b"INFO"
            self.wfile.write(b"$%d\r\n%s\r\n" % (len(told), told) if is_asked else b"+OK\r\n")

    def _word(self) -> bytes:
        length = int(self.rfile.readline()[1:])
        return self.rfile.read(length + 2)[:-2]


@pytest.fixture
def old_redis() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), OldRedis) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"redis://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_on_a_redis_that_is_too_old_nothing_is_served(old_redis: str, tmp_path: Path) -> None:
    settings = Settings(hotlines=(TELECOM,), redis_url=old_redis, data=tmp_path)
    with pytest.raises(
        SettingsError, match=r"the store is Redis 5\.0\.6; ivr needs Redis 7\.0 or newer, or any Valkey"
    ):
        build(settings, {})


def test_a_server_that_begins_gives_what_an_older_ones_line_left_behind_a_lifetime(tmp_path: Path) -> None:
    server = embedded.start(tmp_path / "redis")
    try:
        client = connect(server.url, timeout_s=10)
        client.hset(f"{tag('telecom')}2:line:places", "call-1", "older")
        with opened(tmp_path):
            assert client.ttl(f"{tag('telecom')}2:line:places") > 0
        client.close()
    finally:
        server.stop()
