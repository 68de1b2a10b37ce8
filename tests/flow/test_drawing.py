"""A hotline drawn: its designer finds every step, way and word of it again."""

from __future__ import annotations

import pytest

from ivr.errors import FlowError
from ivr.flow.drawing import draw, plain
from ivr.flow.hotline import Hotline
from ivr.flow.load import assemble
from ivr.flow.picture import Box, Picture, svg
from ivr.kit import standard_kit

FILES = {
    "hotline.yaml": """
        hotline: bakery
        start: main
        languages: [en]
        numbers: ["+12025550100"]
        always:
          person: {key: "0", go: person}
          repeat: {key: "*"}
        """,
    "main.yaml": """
        flow: main
        start: hello
        steps:
          more:
            ask: more
            expect: yes_no
            on: {yes: need, no: bye, nothing: bye}
          hello:
            say: hello
            next: need
          need:
            ask: need
            expect: choice
            in_languages: [en]
            keys: {1: cake, 2: bread, 3: bread}
            on: {cake: tell, bread: tell, nothing: person}
          tell:
            do: prices
            with: {what: cake}
            on: {told: more, unknown: person}
          person:
            do: person
            on: {}
          bye:
            hangup: bye
        """,
    "prices.yaml": """
        flow: prices
        start: which
        takes: [what]
        steps:
          which:
            choose: [{when: "what == 'cake'", next: say_price}]
            otherwise: unknown
          say_price:
            say: price
            answers: cake
            sms: price_by_text
            next: return told
          unknown:
            say: unknown
            next: return unknown
        """,
    "person.yaml": """
        flow: person
        start: line
        steps:
          line:
            queue: by_rules
            keys: {1: message}
            on: {done: bye, full: message, closed: message, message: message}
          message:
            record: message
            queue: shop
            on: {recorded: bye, nothing: bye}
          bye:
            hangup: bye
        """,
    "wait.yaml": """
        flow: wait
        start: say_it
        steps:
          say_it: {say: hello, next: first}
          first: {hint: start, next: then}
          then: {hint: after, next: return}
        """,
    "handoff.yaml": """
        request: [{id: greet_first, when: "caller.known", first: wait}]
        line: [{id: gold, when: "caller.tier == 'gold'", queue: cellar}, {id: rest, queue: shop}]
        """,
    "hints.yaml": """
        bread: {say: hello, at: start}
        coffee: {say: hello, at: after}
        tea: {say: hello, at: after, off: true}
        sugar: {say: hello}
        """,
    "queues.yaml": """
        queues: {shop: {}, cellar: {}}
        agents: {amy: {phone: "+12025550111", queues: [shop, cellar]}}
        """,
    "intents.yaml": "cake: {type: query, examples: {en: [what does a cake cost]}}",
    "words/en.yaml": """
        hello: "Welcome to the bakery{% if caller.known %}, {{ caller.name }}{% else %}, stranger{% endif %}."
        need: {say: "Cake or bread?", choices: {cake: [cake], bread: [bread]}}
        price: "It is {{ 5 | money }}."
        price_by_text: "Cake: 5 dollars"
        unknown: "I do not know."
        more: "More?"
        message: "Speak after the tone."
        bye: "Goodbye."
        """,
}


@pytest.fixture(scope="module")
def bakery() -> Hotline:
    loaded = assemble({path: text.encode() for path, text in FILES.items()}, {"hold.wav": 9.0}, standard_kit())
    assert loaded.hotline is not None, "\n".join(map(str, loaded.faults))
    return loaded.hotline


@pytest.fixture(scope="module")
def picture(bakery: Hotline) -> Picture:
    return draw(bakery)


def box(picture: Picture, name: str) -> Box:
    (found,) = (one for one in picture.boxes if one.id == name)
    return found


def ways(picture: Picture, source: str) -> dict[str, str]:
    """Label → where it leads."""
    return {arrow.label: arrow.target for arrow in picture.arrows if arrow.source == source}


def test_flows_stand_as_a_call_reaches_them_and_begin_with_their_first_step(picture: Picture) -> None:
    assert list(dict.fromkeys(one.flow for one in picture.boxes)) == ["main", "prices", "person", "wait", ""]
    assert picture.boxes[0].id == "main.hello"
    assert [one.id for one in picture.boxes if one.start] == [
        "main.hello",
        "prices.which",
        "person.line",
        "wait.say_it",
    ]


def test_the_title_names_the_hotline_and_its_number(picture: Picture) -> None:
    assert picture.title == "bakery · +12025550100"


def test_a_step_shows_its_name_and_what_is_really_said(picture: Picture) -> None:
    hello = box(picture, "main.hello")
    assert (hello.kind, hello.title) == ("say", "hello")
    assert hello.text == "Welcome to the bakery, {caller.name} / , stranger."


def test_what_else_was_written_is_noted(picture: Picture) -> None:
    assert box(picture, "prices.say_price").notes == ("answers: cake", "sms: price_by_text")
    assert box(picture, "main.need").notes == ("expect: choice", "in_languages: en")


def test_keys_stand_before_the_ways_they_lead(picture: Picture) -> None:
    assert ways(picture, "main.need") == {
        "1 · cake": "main.tell",
        "2, 3 · bread": "main.tell",
        "nothing": "main.person",
    }


def test_a_lone_way_on_has_no_label(picture: Picture) -> None:
    assert ways(picture, "main.hello") == {"": "main.need"}


def test_conditions_stand_at_the_ways_they_open(picture: Picture) -> None:
    assert ways(picture, "prices.which") == {"what == 'cake'": "prices.say_price", "otherwise": "prices.unknown"}
    assert box(picture, "prices.which").text == ""


def test_a_flow_that_is_run_is_led_to_and_every_outcome_has_a_box_there(picture: Picture) -> None:
    assert ways(picture, "main.tell") == {"runs": "prices.which", "told": "main.more", "unknown": "main.person"}
    assert ways(picture, "prices.say_price") == {"": "prices.return told"}
    assert [one.title for one in picture.boxes if one.kind == "return"] == ["told", "unknown", "done"]


def test_a_queue_by_rules_shows_its_queues_and_what_comes_before_the_line(picture: Picture) -> None:
    assert box(picture, "person.line").text == "by rules: cellar, shop"
    assert ways(picture, "person.line")["first: greet_first"] == "wait.say_it"
    assert ways(picture, "person.line")["1 · message"] == "person.message"


def test_a_place_of_hints_shows_what_is_told_there(picture: Picture) -> None:
    assert box(picture, "wait.first").text == "bread, sugar"
    assert box(picture, "wait.then").text == "coffee, sugar"


def test_what_works_at_every_prompt_has_a_box_that_leads_to_the_person(picture: Picture) -> None:
    assert box(picture, "always").text == "0 · person, * · repeat"
    assert ways(picture, "always") == {"0 · person": "person.line"}


def test_only_steps_that_end_the_call_are_ends(picture: Picture) -> None:
    assert [one.id for one in picture.boxes if one.ends] == ["main.bye", "person.bye"]


def test_one_flow_alone_names_the_others_by_tags(bakery: Hotline) -> None:
    alone = draw(bakery, "main")
    assert {one.flow for one in alone.boxes} == {"main"}
    drawn = svg(alone)
    assert "→ flow prices" in drawn
    assert "It is {5}." not in drawn


def test_an_unknown_flow_is_told_with_the_one_that_was_meant(bakery: Hotline) -> None:
    with pytest.raises(FlowError, match=r"no flow called 'prizes' in bakery\. Did you mean 'prices'\?"):
        draw(bakery, "prizes")
    with pytest.raises(FlowError, match="The flows are: "):
        draw(bakery, "")


def test_the_whole_hotline_comes_out_as_a_picture_with_nothing_left_out(bakery: Hotline, picture: Picture) -> None:
    drawn = svg(picture)
    for flow in bakery.flows.values():
        for name in flow.steps:
            assert f">{name}</text>" in drawn


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("Hello.", "Hello."),
        ("{{ balance.amount | money }} is due", "{balance.amount} is due"),
        ("{{ cause or 'a fault' }}", "{cause or 'a fault'}"),
        ("{# a note #}a{% if b %} and b{% elif c %}c{% else %}d{% endif %}", "a and b / c / d"),
        ("a  \n b", "a b"),
    ],
)
def test_words_are_shown_without_the_machinery_of_templates(template: str, shown: str) -> None:
    assert plain(template) == shown
