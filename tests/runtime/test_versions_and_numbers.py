"""A running call stays on the version it began with; several hotlines share a server by the number dialled."""

from __future__ import annotations

import logging

import pytest
import redis
from runtime_house import HOTLINE, WORDS, House, said, shop

from ivr.call.events import DigitsPressed, NothingHeard
from ivr.errors import HostError, IvrError

NEW_WORDS = WORDS.replace("How can I help?", "What do you want?").replace("it is {{", "you owe {{")


def named(name: str, *numbers: str) -> str:
    quoted = ", ".join(f'"{number}"' for number in numbers)
    return HOTLINE.replace("hotline: shop", f"hotline: {name}").replace('["+12025550199"]', f"[{quoted}]")


def test_a_call_that_began_on_an_old_version_ends_on_it(house: House) -> None:
    turn = house.begins("old").turn
    house.shelf.put(shop(words=NEW_WORDS))
    assert said(house.begins("new")) == ["What do you want?"]
    assert said(house.hears(turn, DigitsPressed("1"), call="old")) == ["Northwind: it is 42.", "How can I help?"]
    assert house.state("old").version != house.state("new").version


def test_a_worker_that_never_saw_that_version_finds_it_in_the_store(house: House, client: redis.Redis) -> None:
    turn = house.begins("old").turn
    house.shelf.put(shop(words=NEW_WORDS))
    fresh = House(client, shop(words=NEW_WORDS))
    answer = fresh.hears(turn, DigitsPressed("1"), call="old")
    assert said(answer) == ["Northwind: it is 42.", "How can I help?"]
    assert said(fresh.hears(answer.turn, NothingHeard(), call="old"))[-1] == "How can I help?"


def test_sounds_are_part_of_a_version(house: House, client: redis.Redis) -> None:
    house.begins("old")
    fresh = House(client, shop(words=NEW_WORDS))
    found = fresh.shelf.version("shop", house.state("old").version)
    assert found is not None
    assert found.sounds == {"hold.wav": 30.0}
    assert found.version == house.state("old").version


def test_a_version_that_is_gone_is_said_so_and_the_call_goes_on_with_the_present_one(
    house: House, client: redis.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    turn = house.begins("old").turn
    client.delete(f"ivr:{{shop}}:version:{house.state('old').version}")
    fresh = House(client, shop(words=NEW_WORDS))
    with caplog.at_level(logging.WARNING):
        assert said(fresh.hears(turn, DigitsPressed("1"), call="old"))[0] == "Northwind: you owe 42."
    assert "is gone" in caplog.text


def test_a_call_whose_step_the_present_version_does_not_have_is_apologised_to(
    house: House, client: redis.Redis
) -> None:
    turn = house.begins("old").turn
    client.delete(f"ivr:{{shop}}:version:{house.state('old').version}")
    main = "flow: main\nstart: other\nsteps:\n  other: {do: person, on: {}}\n"
    fresh = House(client, shop(main=main))
    answer = fresh.hears(turn, DigitsPressed("1"), call="old")
    assert said(answer) == ["I am sorry, something went wrong on our side."]


def test_hotlines_are_told_apart_by_the_number_dialled(client: redis.Redis) -> None:  # R8
    shop_, bank = shop(hotline=named("shop", "+12025550199")), shop(hotline=named("bank", "+12025550188", "sip:bank@x"))
    house = House(client, shop_, bank)
    found = house.conductor.hotline_for
    assert found("+12025550199") == "shop"
    assert found("+1 (202) 555-0188") == "bank"
    assert found("12025550188") == "bank"
    assert found("sip:bank@x") == "bank"
    assert found("+12025550177") is None
    assert found("") is None


def test_one_that_names_no_numbers_takes_what_no_other_claims(client: redis.Redis) -> None:  # R8
    house = House(client, shop(hotline=named("shop", "+12025550199")), shop(hotline=named("rest")))
    assert house.conductor.hotline_for("+12025550199") == "shop"
    assert house.conductor.hotline_for("+4930123456") == "rest"
    assert house.conductor.hotline_for("client:anybody") == "rest"


def test_the_only_one_takes_every_call(house: House) -> None:
    assert house.conductor.hotline_for("+4930123456") == "shop"


def test_calls_of_two_hotlines_do_not_meet(client: redis.Redis) -> None:  # R8
    house = House(
        client,
        shop(hotline=named("shop", "+12025550199")),
        shop(hotline=named("bank", "+12025550188"), words=NEW_WORDS),
    )
    assert said(house.begins("c1", "shop")) == ["How can I help?"]
    assert said(house.begins("c1", "bank")) == ["What do you want?"]
    house.hears(1, DigitsPressed("2"), call="c1", hotline="bank")
    assert house.chores("shop") == []
    assert len(house.chores("bank")) == 1
    assert house.state("c1", "shop").step == "need"


def test_a_number_of_two_hotlines_is_refused_and_nothing_changes(client: redis.Redis) -> None:
    house = House(client, shop(hotline=named("shop", "+12025550199")))
    with pytest.raises(HostError, match=r"\+?12025550199 belongs to both 'shop' and 'bank'"):
        house.shelf.put(shop(hotline=named("bank", "+12025550199")))
    assert house.shelf.names() == ["shop"]


def test_a_new_version_may_give_numbers_up_and_take_others(client: redis.Redis) -> None:
    house = House(client, shop(hotline=named("shop", "+12025550199")), shop(hotline=named("rest")))
    house.shelf.put(shop(hotline=named("shop", "+12025550155")))
    assert house.conductor.hotline_for("+12025550155") == "shop"
    assert house.conductor.hotline_for("+12025550199") == "rest"


def test_a_hotline_nobody_serves_is_an_error_of_the_host(house: House) -> None:
    with pytest.raises(IvrError, match="no hotline called 'gone'"):
        house.begins(hotline="gone")
