"""The chapter of scripted calls."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from ivr.flow.manual.markdown import code, table
from ivr.flow.manual.reference import Reference

TURNS: Mapping[str, tuple[str, str]] = {
    "presses": ("1", "The caller presses keys; `#` ends them."),
    "says": ("what is my balance", "The caller speaks."),
    "mumbles": ("my balance", 'The caller speaks, and our ears are not sure of it; `""`: they understood nothing.'),
    "waits": ("30", "Seconds pass on the line; the caller is silent."),
    "silence": ("5", "The same."),
    "hangs_up": ("true", "The caller hangs up."),
    "message": ("10", "The caller speaks so many seconds after the tone; 0 is a message without a word."),
    "calls_again": ("true", "The caller calls once more; a number is another one of the hotline."),
    "hears": ("welcome to", "These words were said since the caller last did something; a list for several."),
    "hears_not": ("goodbye", "These were not."),
    "language": ("zh", "The last words were in that language."),
    "slowly": ("true", "The last words were spoken slowly."),
    "queue": ("general 2", "The caller waits in that queue; with a number, at that position."),
    "no_queue": ("true", "The caller waits nowhere."),
    "transferred": ('"+12025550190"', "The call was handed to that number."),
    "over": ("true", "The call is over; with a word, for that reason."),
    "called_back": (
        "confirms",
        "The caller's phone rings, and he `confirms`, `declines`, `hangs_up`, is a `machine`, `busy` or gives "
        "`no_answer`; `{does: confirms, hears: about your bill}` tells what must be heard.",
    ),
    "not_called_back": ("true", "Nobody rings the caller now."),
    "later": ("3600", "Seconds pass after the call, in which agents' and callers' phones may ring."),
    "promise": (
        "waiting",
        "How the promised call stands: `waiting`, `reserved`, `connected`, or `served`, `rang_in`, `declined`, "
        "`not_reached`.",
    ),
    "signs_in": ("amy", "An agent signs in."),
    "signs_out": ("amy", "An agent signs out."),
    "agent": ("amy", "The agent's phone rings, and the agent takes the call."),
    "agent_declines": ("amy", "The agent's phone rings in vain."),
    "not_rung": ("amy", "The agent's phone does not ring."),
    "agent_leaves": ("60", "The agent ends the talk after so many seconds; the caller stays on the line."),
    "transfers": (
        "queue:technical",
        "The agent sends the caller to a queue or to `agent:ben`, and is done with him; `{to: …, note: …}` has a note.",
    ),
    "brings_in": ("queue:technical", "The agent has somebody rung who is to join the talk."),
    "expert": ("ben", "That one's phone rings, and he joins."),
    "leaves": ("amy", "One of several leaves the talk; the others talk on."),
    "dial_ends": ("completed", "What came of the number that was dialled: `completed`, `busy`, `no-answer`, `failed`."),
    "another": ("general", "Somebody else takes a place in that queue, and stays there."),
    "stub": ("{lookup: company.balance, fails: timeout}", "From now on a lookup answers so; as under `stubs:`."),
    "looked_up": ("company.balance", "Business data was asked this."),
    "sms": ("your balance", "A text message with these words went to the caller."),
    "no_sms": ("true", "None did."),
    "callback": ("general", "A call back stands on that queue's list."),
    "voicemail": ("general", "The caller's message stands on that queue's list."),
    "record": ("{outcome: answered}", "The call's record says so, when it is over."),
    "entry": ("{kind: consent, answer: yes}", "There is such an entry in the record."),
    "no_entry": ("{kind: consent}", "There is none."),
}
"""Word → a value it may have, what it means."""

EACH = """
Each turn is one word and its value:

{turns}
"""


def turns_chapter(script: type[Any], reference: Reference) -> str:
    rows = [(code(f"{word}: {value}"), told) for word, (value, told) in TURNS.items()]
    each = EACH.format(turns=table(("turn", "means"), rows))
    module = sys.modules[script.__module__].__doc__ or ""
    return reference.section(script, "Scripted calls", 2, what="calls/balance.yaml", before=module, after=each)
