"""What a webhook turn costs: `python bench/webhook.py`. Takes about a minute and touches a temporary directory only.
It wants a2wsgi beside what ivr itself wants: `pip install a2wsgi`.

A turn through the whole stack (signature, Redis, engine, TwiML) is set against a bare Flask view that does one Redis
GET and SET and returns a document of the same size: behind uvicorn and a2wsgi, as Flask is commonly served (`bare`),
and behind our own bridge (`bridged`). All stand in one process, with the records consumer and all other rounds running;
the load comes from another process, to each in turn, in rounds of a second.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

TELECOM = Path(__file__).parents[1] / "flows" / "telecom"
ROUNDS = 20
ROUND_S = 1.0
CONNECTIONS = 8
TURNS = 60
"""Of one call; then the connection begins another."""
NUMBER = "+12025550199"
TOKEN = "a-token-of-benchmarks"
PUBLIC = "https://hotline.example.com"
KINDS = ("whole", "bare", "bridged")
WALK = ("5", "9")
"""Keys: to the question about a complaint, and back. No look-up is on the way."""
STATE_BYTES = 1200


# --- the server --------------------------------------------------------------------------------------------------


def serve(port: int, data: Path) -> None:
    """Both applications behind one uvicorn."""
    import uvicorn
    from a2wsgi import WSGIMiddleware
    from flask import Flask, Response, request

    from ivr.app.asgi import THREADS, Asgi, log_to_terminal
    from ivr.app.bridge import Bridge
    from ivr.app.house import build
    from ivr.settings import Settings
    from ivr.store import embedded

    hotline = shutil.copytree(TELECOM, data / "telecom", dirs_exist_ok=True)
    told = (hotline / "hotline.yaml").read_text(encoding="utf-8")
    (hotline / "hotline.yaml").write_text(told.replace("ears: vosk", "ears: carrier"), encoding="utf-8")
    settings = Settings(hotlines=(hotline,), data=data, public_url=PUBLIC, twilio_token=TOKEN)
    log_to_terminal(settings)
    server = embedded.start(data / "redis")
    house = build(settings, os.environ)
    client = house.works.client
    bare = Flask("bare")
    state = os.urandom(STATE_BYTES)
    document = ""

    @bare.post("/bare/<call>")
    @bare.post("/bridged/<call>")
    def view(call: str) -> Response:
        client.get(f"bare:{call}")
        client.set(f"bare:{call}", state)
        return Response(document, content_type="text/xml; charset=utf-8")

    @bare.post("/bare-document")
    def take() -> Response:
        nonlocal document
        document = request.get_data(as_text=True)
        return Response("")

    @bare.get("/bare-cpu")
    def cpu() -> Response:
        told = client.info("cpu")
        redis_s = float(told["used_cpu_user"]) + float(told["used_cpu_sys"])
        return Response(json.dumps({"server_s": time.process_time(), "redis_s": redis_s}))

    whole = Asgi(house)
    plain = WSGIMiddleware(bare, workers=THREADS)  # type: ignore[arg-type]
    bridged = Bridge(bare, threads=THREADS, largest_body=1_000_000)

    async def all_of_them(scope, receive, send):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        kind = scope.get("path", "").strip("/").partition("/")[0].partition("-")[0]
        app = {"bare": plain, "bridged": bridged}.get(kind, whole)
        await app(scope, receive, send)

    try:
        uvicorn.run(
            all_of_them, ws="none", host="127.0.0.1", port=port, log_level="warning", access_log=False, lifespan="on"
        )
    finally:
        server.stop()


# --- the load ----------------------------------------------------------------------------------------------------


def packed(path: str, form: dict[str, str], signature: str) -> bytes:
    body = urlencode(form).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: hotline.example.com\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Twilio-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def one_call(kind: str, n: int) -> list[bytes]:
    """All requests of a call, signed in advance."""
    from ivr.sim.cloud.signing import sign

    call = f"CA{n:032x}"
    requests = []
    for turn in range(TURNS):
        form = {
            "CallSid": call,
            "AccountSid": "AC" + "0" * 32,
            "From": "+12025550101",
            "To": NUMBER,
            "Caller": "+12025550101",
            "Called": NUMBER,
            "CallStatus": "in-progress" if turn else "ringing",
            "ApiVersion": "2010-04-01",
            "Direction": "inbound",
        }
        path = f"/twilio/turn/telecom/{call}/{turn}?after=listen" if turn else "/twilio/voice"
        if turn:
            form |= {"Digits": WALK[(turn - 1) % len(WALK)], "msg": "Gather End"}
        if kind != "whole":
            path = f"/{kind}/{call}"
        requests.append(packed(path, form, sign(TOKEN, PUBLIC + path, {name: [value] for name, value in form.items()})))
    return requests


@dataclass
class Load:
    """What came of one round."""

    latencies_s: list[float] = field(default_factory=list)
    bad: int = 0
    last: bytes = b""


async def caller(port: int, calls: Iterator[list[bytes]], until: float, load: Load) -> None:
    """One connection, kept open; the next request follows the answer at once."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        for request in next(calls):
            began = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            at = head.lower().index(b"content-length:") + 15
            load.last = await reader.readexactly(int(head[at : head.index(b"\r\n", at)]))
            now = time.perf_counter()
            load.latencies_s.append(now - began)
            if not head.startswith(b"HTTP/1.1 200") or b"<Gather" not in load.last:
                load.bad += 1
            if now > until:
                break
    writer.close()


def run_load(port: int, kind: str, first: int, seconds: float, connections: int) -> Load:
    """In this process; calls are numbered from `first` on."""
    numbers = iter(range(first, first + 10_000))
    ready = [[one_call(kind, next(numbers)) for _ in range(connections * 2)]]

    def calls() -> Iterator[list[bytes]]:
        yield from ready[0]
        for n in numbers:
            yield one_call(kind, n)

    load, source = Load(), calls()

    async def all_of_them() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(caller(port, source, until, load) for _ in range(connections)))

    asyncio.run(all_of_them())
    return load


# --- the comparison ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    per_s: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    redis_us: float


@contextmanager
def server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="ivr-bench-") as data:
        with (Path(data) / "log").open("w") as log:
            process = subprocess.Popen([sys.executable, __file__, "--serve", str(port), data], stderr=log)
        try:
            for _ in range(600):
                try:
                    ask(port, "/healthz")
                    break
                except OSError:
                    time.sleep(0.1)
            yield port
        finally:
            process.terminate()
            process.wait()


def ask(port: int, path: str, body: bytes | None = None) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", body, timeout=10) as answer:
        return bytes(answer.read())


def measure(port: int, kind: str, first: int, seconds: float, connections: int) -> Figures:
    before = json.loads(ask(port, "/bare-cpu"))
    began = time.perf_counter()
    load = run_load(port, kind, first, seconds, connections)
    took = time.perf_counter() - began
    after = json.loads(ask(port, "/bare-cpu"))
    if load.bad:
        sys.exit(f"{load.bad} of {len(load.latencies_s)} answers of {kind} were bad; the last: {load.last[:500]!r}")
    latencies = sorted(load.latencies_s)
    n = len(latencies)
    return Figures(
        n / took,
        latencies[n // 2] * 1e3,
        latencies[int(n * 0.99)] * 1e3,
        (after["server_s"] - before["server_s"]) / n * 1e6,
        (after["redis_s"] - before["redis_s"]) / n * 1e6,
    )


def main(connections: int) -> None:
    with server() as port:
        sample = run_load(port, "whole", 0, 1.0, 1)
        ask(port, "/bare-document", sample.last)
        for kind in KINDS[1:]:
            run_load(port, kind, 0, 1.0, 1)
        found: dict[str, list[Figures]] = {kind: [] for kind in KINDS}
        for n in range(ROUNDS):
            for kind in KINDS if n % 2 else reversed(KINDS):
                found[kind].append(measure(port, kind, (n + 1) * 100_000, ROUND_S, connections))
    print(
        f"{connections} connections, document of {len(sample.last)} bytes; medians of {ROUNDS} rounds of {ROUND_S:g} s"
    )
    print(f"{'':8}{'turns/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'CPU µs':>10}{'Redis µs':>10}")
    names = ("per_s", "p50_ms", "p99_ms", "cpu_us", "redis_us")
    for kind, rounds in found.items():
        cells = [statistics.median(getattr(one, name) for one in rounds) for name in names]
        print(f"{kind:8}" + "".join(f"{cell:10.1f}" for cell in cells))
    for kind in KINDS[1:]:
        pairs = list(zip(found["whole"], found[kind], strict=True))
        speed = statistics.median(one.per_s / other.per_s for one, other in pairs)
        tail = statistics.median(one.p99_ms / other.p99_ms for one, other in pairs)
        print(f"whole / {kind}: {speed:.2f} of its turns a second, {tail:.2f} times its p99")
    print("wanted, against bare: at least 0.6 and at most 2")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", nargs=2, metavar=("PORT", "DATA"), help=argparse.SUPPRESS)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    asked = parser.parse_args()
    if asked.serve:
        serve(int(asked.serve[0]), Path(asked.serve[1]))
    else:
        main(asked.connections)
