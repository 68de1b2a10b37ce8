"""`/metrics`: how the server does, all workers together, in the words of Prometheus."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator

from flask import Blueprint, Response, abort, request
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from ivr.app.house import House
from ivr.app.meter import SOCKETS
from ivr.channels.nearby import from_this_machine
from ivr.errors import RecordsDown, StoreDown
from ivr.store.meters import Measured, RedisMeters
from ivr.store.records.alarms import open_alarms

log = logging.getLogger(__name__)


def blueprint(house: House) -> Blueprint:
    routes = Blueprint("metrics", __name__)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Metrics(house))

    @routes.get("/metrics")
    def metrics() -> Response:
        if not house.settings.open_metrics and not from_this_machine(request):
            abort(403, "metrics are for this machine; --open-metrics shows them to others")
        write, kind = choose_encoder(request.headers.get("Accept", ""))
        return Response(write(registry), content_type=kind)

    return routes


class Metrics(Collector):
    """Asks the store for everything, whenever it is asked itself."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._meters = RedisMeters(house.works.client)

    def collect(self) -> Iterator[Metric]:
        found: list[Metric] = []
        try:
            found += _of_workers(self._meters.read())
            found += self._of_hotlines()
            found += self._too_long()
        except StoreDown:
            found.clear()
        yield GaugeMetricFamily("ivr_store_up", "1: the store answers; 0: nothing else is known.", bool(found))
        yield from found

    def _too_long(self) -> Iterator[Metric]:
        now = self._house.works.outside.clock()
        found = GaugeMetricFamily(
            "ivr_waits_too_long",
            "Callers in line for longer than alarm_after_s of their queue.",
            labels=["hotline", "queue"],
        )
        try:
            for name in self._house.folders:
                for queue, count in Counter(one.queue for one in open_alarms(self._house.engine, name, now)).items():
                    found.add_metric([name, queue], count)
        except RecordsDown:
            log.warning("nobody knows who waits too long: the records do not answer")
            return
        yield found

    def _of_hotlines(self) -> Iterator[Metric]:
        works = self._house.works
        running = GaugeMetricFamily("ivr_calls_running", "Calls that have not ended.", labels=["hotline"])
        waiting = GaugeMetricFamily("ivr_callers_waiting", "Callers in line.", labels=["hotline", "queue"])
        for name in self._house.folders:
            running.add_metric([name], works.calls.running(name))
            hotline = works.shelf.current(name)
            for queue in hotline.queues.queues if hotline else ():
                waiting.add_metric([name, queue], works.line.load(name, queue, now=works.outside.clock()).waiting)
        yield running
        yield waiting


def _of_workers(measured: Measured) -> Iterator[Metric]:
    def total(name: str) -> float:
        return sum(worker.get(name, 0.0) for worker in measured.workers)

    lag_s = max((worker.get("decode_lag_s", 0.0) for worker in measured.workers), default=0.0)
    yield GaugeMetricFamily("ivr_workers", "Processes that answer.", len(measured.workers))
    yield GaugeMetricFamily("ivr_decode_waiting", "Pieces of speech that wait to be decoded.", total("decode_waiting"))
    yield GaugeMetricFamily(
        "ivr_decode_lag_seconds", "The longest that one waited in the last seconds, of the worker that is worst.", lag_s
    )
    yield GaugeMetricFamily("ivr_workers_shedding", "Workers whose ears take no new calls.", total("shedding"))
    paths = sorted({name for worker in measured.workers for name in worker if name.startswith(SOCKETS)})
    sockets = GaugeMetricFamily("ivr_sockets", "Open sockets, each of one call with sound.", labels=["path"])
    for name in paths:
        sockets.add_metric([name.removeprefix(SOCKETS)], total(name))
    yield sockets
    for name, sentence in COUNTED.items():
        yield CounterMetricFamily(f"ivr_{name}", sentence, measured.counts.get(name, 0))


COUNTED = {
    "turns": "Turns of calls, on whatever line.",
    "wait_alarms": "Waits in line that were longer than their queue's alarm_after_s.",
    "calls_refused_ears": "New calls that were sent to keys or the carrier's ears for load.",
    "sockets_refused": "Sockets that were not opened for there being too many.",
}
