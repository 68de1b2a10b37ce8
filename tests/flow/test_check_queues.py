"""What is told of queues that cannot work: circles, skills nobody has, hours that never open, agents nobody knows."""

from __future__ import annotations

import pytest
from hotlines import told


def of_queues(text: str, **more: str) -> list[str]:
    return told(queues=text, **more)


AGENTS = 'agents: {ann: {phone: "+12025550102", queues: [general, vip, night], skills: {tv: 2}, grade: 2}}\n'
THREE = "queues: {general: {}, vip: {}, night: {}}\n"


def test_everything_a_queue_can_say_is_read() -> None:
    assert (
        of_queues(
            """\
            queues:
              general:
                skills: {tv: 2}
                assign: ability
                familiar_s: 30
                reserve: {seats: 1, for: [gold]}
                rings_before_out: 2
                most_head_start_s: 300
                overflow: [{to: night, after_s: 60, only_if: all_busy}, {to: night, only_if: closed}]
              night: {assign: even_load}
            agents:
              ann: {phone: "+12025550102", queues: [general, night], skills: {tv: 2}, grade: 2}
            classes: [{id: gold, when: "caller.tier == 'gold'", rate: 2}, {id: rest, urgent: false}]
            head_starts: [{id: again, when: "caller.known", seconds: 60, times: "{{ call.requests }}"}]
            needs: [{id: tv, intent: tv, skills: [tv]}]
            preferred: [{id: seniors, grade: 2, for_s: 20}, {id: named, agent: "{{ caller.last_agent }}", for_s: 9}]
            never: [{id: no_ann, when: "caller.number == '+12025550177'", agents: [ann]}]
            """,
            intents="tv: {type: fault, label: {en: tv}, examples: {en: [no picture]}}\n",
            main="a: {ask: hello, expect: intent, on: {tv: b, nothing: b}}\nb: {hangup: goodbye}",
        )
        == []
    )


@pytest.mark.parametrize(
    ("vip", "night", "circle"),
    [
        ("overflow: [{to: night, after_s: 9}]", "overflow: [{to: vip}]", "vip → night → vip"),
        ("overflow: [{to: vip, after_s: 9}]", "", "vip → vip"),
    ],
)
def test_queues_do_not_overflow_in_a_circle(vip: str, night: str, circle: str) -> None:  # R71
    queues = f"queues:\n  general: {{}}\n  vip: {{{vip}}}\n  night: {{{night}}}\n"
    assert of_queues(queues + AGENTS) == [
        f"queues.yaml:3:19: these queues overflow in a circle: {circle}. Take one of the steps out."
    ]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("after_s: 60", "only_if: all_busy", 0),
        ("only_if: all_busy", "after_s: 60", 0),
        ("only_if: closed", "after_s: 60", 0),
        ("after_s: 60, only_if: all_busy", "after_s: 60, only_if: all_out", 0),
        ("after_s: 60", "after_s: 60", 2),
        ("after_s: 60", "after_s: 90, only_if: all_out", 2),
        ("after_s: 90, only_if: all_out", "after_s: 60", 1),
        ("after_s: 60, only_if: all_busy", "after_s: 90, only_if: all_busy", 2),
    ],
)
def test_of_two_steps_to_one_queue_the_one_that_says_nothing_is_told(first: str, second: str, told: int) -> None:  # R71
    steps = f"[\n{{to: vip, {first}}},\n{{to: vip, {second}}}]"
    queues = f"queues:\n  general: {{overflow: {steps}}}\n  vip: {{}}\n  night: {{}}\n"
    sentence = "'vip' helps out by another step whenever it would by this one. Keep one of them."
    assert of_queues(queues + AGENTS) == ([f"queues.yaml:{told + 2}:6: warning: {sentence}"] if told else [])


def test_an_agent_without_queues_costs_the_other_agents_and_queues_nothing() -> None:
    agents = (
        "agents:\n  ben: {phone: 'client:b', queues: []}\n  ann: {phone: 'client:a', queues: [general, vip, night]}\n"
    )
    assert of_queues(THREE + agents) == ["queues.yaml:3:36: this list is empty."]


def test_an_unknown_queue_helps_nobody_out() -> None:
    queues = "queues:\n  general: {overflow: [{to: nihgt}]}\n  vip: {}\n  night: {}\n"
    assert of_queues(queues + AGENTS) == ["queues.yaml:2:29: no queue called 'nihgt'. Did you mean 'night'?"]


def test_closed_is_no_matter_of_time() -> None:
    queues = "queues:\n  general: {overflow: [{to: night, only_if: closed, after_s: 5}]}\n  vip: {}\n  night: {}\n"
    assert of_queues(queues + AGENTS) == [
        "queues.yaml:2:24: `only_if: closed` holds from the start; leave `after_s:` out."
    ]


def test_a_level_nobody_has_is_told_with_the_highest() -> None:  # R57
    queues = "queues:\n  general: {skills: {tv: 3}}\n  vip: {skills: {tvv: 1}}\n  night: {}\n"
    assert of_queues(queues + AGENTS) == [
        "queues.yaml:2:22: nobody who serves the queue 'general' has the skill 'tv' at level 3; the highest is 2. "
        "Callers would wait for ever.",
        "queues.yaml:3:18: nobody who serves the queue 'vip' has the skill 'tvv'. Did you mean 'tv'?",
    ]


def test_skills_of_wishes_and_preferences_are_there_too() -> None:  # R72
    rules = """\
needs: [{id: fibre, skills: {fibre: 1}}]
preferred:
  - {id: best, skills: [fibre], for_s: 10}
  - {id: seniors, grade: 4, for_s: 10}
"""
    assert of_queues(THREE + AGENTS + rules) == [
        "queues.yaml:3:30: nobody has the skill 'fibre'. Callers would wait for ever.",
        "queues.yaml:5:25: nobody has the skill 'fibre'. Callers would wait for ever.",
        "queues.yaml:6:26: warning: no agent has grade 4 or above; the highest is 2. The rule would prefer nobody.",
    ]


def test_seats_are_kept_for_a_class_or_a_queue_and_never_for_either() -> None:  # R25
    queues = "queues:\n  general: {reserve: {seats: 1, for: [general, vip, gold]}}\n  vip: {}\n  night: {}\n"
    assert of_queues(queues + AGENTS + "classes: [{id: gold}]\n") == []
    assert of_queues(queues.replace("gold", "night") + AGENTS + "classes: [{id: night}]\n") == [
        "queues.yaml:2:53: 'night' is a class and a queue. Give the class another name."
    ]


def test_a_wish_that_needs_a_skill_can_be_served_in_its_queue() -> None:  # R57
    agents = "agents:\n  amy: {phone: client:a, queues: [general], skills: [tv]}\n"
    agents += "  bob: {phone: client:b, queues: [vip, night]}\n"
    everywhere = "needs: [{id: tv, skills: [tv]}]\n"
    assert of_queues(THREE + agents + everywhere) == [
        "queues.yaml:5:26: warning: who needs 'tv' waits for ever in 'vip' and 'night'. "
        "Nobody there can do that; name the one queue that is meant by `queue:`."
    ]
    assert of_queues(THREE + agents + "needs: [{id: tv, queue: general, skills: [tv]}]\n") == []
    assert of_queues(THREE + agents + "needs: [{id: tv, queue: vip, skills: [tv]}]\n") == [
        "queues.yaml:5:39: nobody who serves the queue 'vip' has the skill 'tv'. Callers would wait for ever."
    ]


def test_grade_is_no_skill() -> None:
    agents = AGENTS.replace("{tv: 2}", "{grade: 2}")
    assert of_queues(THREE + agents) == [
        "queues.yaml:2:79: 'grade' is no skill, but how experienced an agent is. Write it as `grade:`."
    ]


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("{id: a, for_s: 5}", "say which agents come first: `agent:`, `skills:` or `grade:`."),
        (
            "{id: a, for_s: 5, agent: ann, grade: 2}",
            "`agent:` names one agent; `skills:` and `grade:` cannot stand beside it.",
        ),
    ],
)
def test_a_preference_says_whom(rule: str, fault: str) -> None:
    assert of_queues(f"{THREE}{AGENTS}preferred: [{rule}]\n") == [f"queues.yaml:3:13: {fault}"]


def test_agents_that_are_named_are_there() -> None:
    rules = "never: [{id: a, when: caller.known, agents: [anne]}]\npreferred: [{id: b, agent: bob, for_s: 5}]\n"
    assert of_queues(THREE + AGENTS + rules) == [
        "queues.yaml:3:46: no agent called 'anne'. Did you mean 'ann'?",
        "queues.yaml:4:28: no agent called 'bob'.",
    ]


def test_two_agents_on_one_phone_are_told() -> None:
    ann, ben = '{phone: "client:a", queues: [general, vip, night]}', '{phone: "client:a", queues: [vip]}'
    agents = f"agents:\n  ann: {ann}\n  ben: {ben}\n"
    assert of_queues(THREE + agents) == [
        "queues.yaml:4:16: warning: 'ann' has this phone already, and both would be rung on it at once. "
        "Give each agent a phone of their own."
    ]


def test_seats_are_kept_for_classes_that_there_are_and_not_for_more_than_all() -> None:  # R25
    queues = "queues:\n  general: {reserve: {seats: 5, for: [glod]}}\n  vip: {}\n  night: {}\n"
    assert of_queues(queues + AGENTS + "classes: [{id: gold, when: caller.known}]\n") == [
        "queues.yaml:2:30: warning: 5 seats are kept in the queue 'general', which 1 agents serve. "
        "None of them would ever be rung for anybody else.",
        "queues.yaml:2:39: no class and no queue called 'glod'. Did you mean 'gold'?",
    ]


@pytest.mark.parametrize("hours", ["{}", "{open: {mon: closed}}", "{open: {}, holidays: US}"])
def test_hours_that_never_open_are_told(hours: str) -> None:
    queues = f"queues:\n  general: {{}}\n  vip: {{hours: {hours}}}\n  night: {{}}\n"
    assert of_queues(queues + AGENTS) == [
        "queues.yaml:3:16: by these hours the queue 'vip' never opens. "
        'Write when it does: `open: {mon-fri: "08:00-18:00"}`.'
    ]


@pytest.mark.parametrize(
    ("hours", "fault"),
    [
        ("{open: {mon: '9-18'}}", "3:29: '9-18' is not a span of hours; write it as 08:00-18:00."),
        (
            "{open: {mon: '09:00-18:00'}, holidays: us}",
            "3:55: no public holidays are known for 'us'; did you mean 'US'?",
        ),
        (
            "{open: {mon: '09:00-18:00'}, closed: ['2026-12-24', '25.12.']}",
            "3:68: '25.12.' is not a day; write it as 2026-12-24.",
        ),
        (
            "{open: {mon: '09:00-18:00'}, timezone: Mars}",
            "3:55: there is no time zone 'Mars'; for example Europe/Berlin.",
        ),
    ],
)
def test_what_is_wrong_with_hours_is_told_where_it_is_written(hours: str, fault: str) -> None:
    queues = f"queues:\n  general: {{}}\n  vip: {{hours: {hours}}}\n  night: {{}}\n"
    assert of_queues(queues + AGENTS) == [f"queues.yaml:{fault}"]


def test_two_rules_of_one_name_are_told() -> None:
    rules = "classes: [{id: a, when: caller.known}, {id: a}]\n"
    assert of_queues(THREE + AGENTS + rules) == [
        "queues.yaml:3:45: the rule 'a' is already in line 3. Each rule needs an id of its own."
    ]


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ("assign: fairly", "'fairly' is not one of 'longest_idle', 'even_load' or 'ability'"),
        ("rings_before_out: 0", "0 is too small; at least 1"),
        ("familiar_s: -1", "-1 is too small; at least 0"),
        ("skills: {tv: 11}", "11 is too large; at most 10"),
    ],
)
def test_values_that_cannot_be_are_told(field: str, fault: str) -> None:
    (line,) = of_queues(f"queues:\n  general: {{{field}}}\n  vip: {{}}\n  night: {{}}\n{AGENTS}")
    assert line.startswith("queues.yaml:2:")
    assert fault in line


@pytest.mark.parametrize(
    ("label", "fault"),
    [
        ("{de: Technik}", "2:21: 'de' is not among the hotline's languages. They are en."),
        ("{en: ''}", "2:13: warning: the queue 'general' has no label in 'en'. Without it agents and callers hear"),
    ],
)
def test_a_label_is_wanted_in_the_hotlines_languages(label: str, fault: str) -> None:
    found = of_queues(f"queues:\n  general: {{label: {label}}}\n  vip: {{}}\n  night: {{}}\n{AGENTS}")
    assert any(one.startswith(f"queues.yaml:{fault}") for one in found)
