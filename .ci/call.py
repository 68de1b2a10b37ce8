"""Make one whole call to a running server over its local line, and say what was heard. Standard library only.

python .ci/call.py http://127.0.0.1:8080
"""

import json
import sys
import time
import urllib.error
import urllib.request
from typing import Any

READY_WITHIN_S = 900  # make run may install first
ANSWERS_WITHIN_S = 120  # a machine may stand still, and its store be away for a moment
MOST_TURNS = 30

CALLER = "+12025550101"
CALLED = ""
"""Empty: the first hotline."""
ANSWERS: tuple[dict[str, Any], ...] = (
    {"event": "SpeechHeard", "text": "what is my balance", "confidence": 0.9},
    {"event": "DigitsPressed", "digits": "2"},  # that is all
    {"event": "DigitsPressed", "digits": "5"},
)
"""What the caller answers to one prompt after the other, then silence until the hotline hangs up."""
HEARD = "your balance is 42 dollars"
"""Must be said, in lower case."""


def ask(url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    deadline = time.monotonic() + ANSWERS_WITHIN_S
    while True:  # a turn that is told twice is answered once
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.loads(answer.read() or b"{}")
        except OSError as error:
            is_ours = isinstance(error, urllib.error.HTTPError) and error.code < 500
            if is_ours or time.monotonic() > deadline:
                raise
            time.sleep(1)


def wait_until_ready(server: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while True:
        try:
            with urllib.request.urlopen(f"{server}/readyz", timeout=30):
                return
        except OSError as error:
            if time.monotonic() > deadline:
                sys.exit(f"{server}/readyz is not good after {READY_WITHIN_S} s: {error}")
            time.sleep(0.2)


def words(verbs: list[dict[str, Any]]) -> list[str]:
    """What is said, prompts inside of a Listen included."""
    said = []
    for verb in verbs:
        said += [verb["text"]] if verb["verb"] == "Say" else words(verb.get("prompts", []))
    return said


def main(server: str) -> None:
    began = time.monotonic()
    wait_until_ready(server)
    print(f"ready after {time.monotonic() - began:.1f} s")
    turn = ask(f"{server}/line/calls", {"caller": CALLER, "called": CALLED})
    hotline, call = turn["hotline"], turn["call"]
    answers, heard = list(ANSWERS), []
    for _ in range(MOST_TURNS):
        for text in words(turn["verbs"]):
            heard.append(text)
            print(f"  hears    {text}")
        last = turn["verbs"][-1]["verb"]
        if last == "Hangup":
            break
        if last == "Wait":
            event: dict[str, Any] = {"event": "Polled"}
        else:
            event = answers.pop(0) if answers else {"event": "NothingHeard"}
        print(f"  answers  {event}")
        turn = ask(f"{server}/line/calls/{hotline}/{call}/{turn['turn']}", event)
    else:
        sys.exit(f"the call was not over after {MOST_TURNS} turns")
    if HEARD not in " ".join(heard).lower():
        sys.exit(f"{HEARD!r} was never said")
    print(f"call {call} was whole")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
