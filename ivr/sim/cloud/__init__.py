"""Twilio's cloud on this machine, as its documentation says it behaves, on good days and on bad ones.

It asks a real server over real HTTP with real signatures, performs the documents it gets on a virtual clock, and takes
orders over REST. For tests, and for trying a hotline without an account. It was written from the documentation and
shares no code with the channel it is held against, so that each shows the other's mistakes.
"""

from ivr.sim.cloud.call import Call
from ivr.sim.cloud.clock import VirtualClock
from ivr.sim.cloud.cloud import Cloud, Message, Number
from ivr.sim.cloud.errors import Impossible, Notice
from ivr.sim.cloud.hostile import Hostile
from ivr.sim.cloud.hostile_stream import HostileStream

__all__ = ["Call", "Cloud", "Hostile", "HostileStream", "Impossible", "Message", "Notice", "Number", "VirtualClock"]
