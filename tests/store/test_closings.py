"""How calls ended, told once."""

from __future__ import annotations

from threading import Barrier, Thread

import redis

from ivr.call.closing import Closing
from ivr.store.closings import RedisClosings


def test_the_first_word_stands_whoever_speaks_it(client: redis.Redis) -> None:  # R75
    closings = RedisClosings(client)
    first = Closing("solved", "amy", "all well", 5.0)
    assert closings.close("telecom", "a", first) == first
    assert closings.close("telecom", "a", Closing("converted", "ben", at=6.0)) == first
    assert closings.close("telecom", "a", first) == first
    assert closings.close("bank", "a", Closing("converted", "ben", at=6.0)).by == "ben", "another hotline's call"
    assert client.xlen("ivr:{telecom}:events") == 1


def test_of_many_at_once_one_is_recorded(client: redis.Redis) -> None:  # R75
    closings, start, stood = RedisClosings(client), Barrier(8), []

    def say(name: str) -> None:
        start.wait()
        stood.append(closings.close("telecom", "a", Closing("solved", name)).by)

    threads = [Thread(target=say, args=(f"agent{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(stood)) == 1
    assert client.xlen("ivr:{telecom}:events") == 1
