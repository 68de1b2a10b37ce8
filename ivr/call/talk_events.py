"""What can happen among the people who talk with a caller."""

from __future__ import annotations

from ivr.call.fact import Fact


class AgentTook(Fact, frozen=True):
    """An agent has answered and is being joined to this caller in `room`."""

    agent: str
    room: str


class AgentLeft(Fact, frozen=True):
    """The talk with the agent is over and the caller is still on the line."""

    agent: str
    duration_s: float = 0.0
    met: bool = True
    """False: the agent's line was gone before the two could speak."""
    sure: bool = True
    """False: the room is empty, and the agent may be away for a moment only: his own line will tell."""
    room: str = ""
    """Which talk, where that is known: news of an earlier one changes nothing."""
    lost: bool = False
    """True: the agent's line broke in the middle of the talk, and the caller is to have another agent."""


class AgentAway(Fact, frozen=True):
    """The agent has left the room to send the caller on or to bring somebody in, and holds the line. Told again while
    that lasts."""

    agent: str
    visit: int = 0
    """Of the agent to the room, from 0: news of an earlier one comes late."""


class AgentBack(Fact, frozen=True):
    """The agent who was away goes into the room again. Told twice it changes nothing."""

    agent: str
    visit: int = 0
    """The one that has ended."""


class OneLeft(Fact, frozen=True):
    """One of several people is gone, and the others talk on with the caller."""

    agent: str
    duration_s: float = 0.0


class Transferred(Fact, frozen=True):
    """The agent hands the caller over: the talk is over, and the caller waits for others at the place he had."""

    agent: str
    queue: str
    to: str = ""
    """This agent first; empty: whoever of the queue is picked."""
    note: str = ""
    """What the next one shall know."""
    by: str = ""
    """Who has ordered it, where that was not the agent: the name of a token."""


class ExpertAsked(Fact, frozen=True):
    """The agent wants somebody of another queue in the talk; the fields as of Transferred."""

    agent: str
    queue: str
    to: str = ""
    note: str = ""
    by: str = ""


class ExpertDismissed(Fact, frozen=True):
    """The agent wants somebody out of the talk: `expert`, or empty for all others. Who is still being rung to join is
    rung no more; who is there is on the way out, and OneLeft tells when he is gone. Whoever took the call stays, unless
    somebody above the talk has ordered it (`by`)."""

    agent: str
    expert: str = ""
    by: str = ""


class ExpertJoined(Fact, frozen=True):
    """One more person is in the room. `part` names the place in line that was taken for it."""

    agent: str
    part: str
