"""The Twilio line: webhooks in, TwiML out, orders over REST. All that knows Twilio is below this directory."""

from ivr.channels.twilio.agent_needs import AgentDesk
from ivr.channels.twilio.line import TwilioLine
from ivr.channels.twilio.needs import Conductor
from ivr.channels.twilio.rest import CallOver, Carrier
from ivr.channels.twilio.signature import Gate
from ivr.channels.twilio.urls import Turn, Urls
from ivr.channels.twilio.webhook import blueprint

__all__ = ["AgentDesk", "CallOver", "Carrier", "Conductor", "Gate", "Turn", "TwilioLine", "Urls", "blueprint"]
