"""How calls ended, told once."""

from __future__ import annotations

import json
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


def test_calls_of_one_talk_are_closed_together(client: redis.Redis) -> None:  # R75
    closings = RedisClosings(client)
    closings.together("telecom", "leg", "promised")
    first = closings.close("telecom", "promised", Closing("not_solved", "amy", "no router", 5.0))
    assert closings.close("telecom", "leg", Closing("solved", "ben", at=6.0)) == first
    closings.together("telecom", "leg", "promised")
    entries = [(one[b"call"], json.loads(one[b"entry"])) for _, one in client.xrange("ivr:{telecom}:events")]
    assert {call for call, _ in entries} == {b"leg", b"promised"}
    assert [entry["data"]["by"] for _, entry in entries] == ["amy", "amy"]


def test_what_was_said_before_is_of_both_calls(client: redis.Redis) -> None:  # R75
    closings = RedisClosings(client)
    first = closings.close("telecom", "promised", Closing("solved", "amy", at=5.0))
    closings.together("telecom", "leg", "promised")
    told = [(one[b"call"], json.loads(one[b"entry"])["at"]) for _, one in client.xrange("ivr:{telecom}:events")]
    assert told == [(b"promised", 5.0), (b"leg", 5.0)]
    assert closings.close("telecom", "leg", Closing("converted", "ben", at=6.0)) == first


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
