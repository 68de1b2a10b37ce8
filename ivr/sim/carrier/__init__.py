"""The rehearsal by way of the carrier: signed requests over real HTTP, documents performed by the carrier's double."""

from ivr.sim.carrier.call import CarrierCall
from ivr.sim.carrier.handset import CloudHandset
from ivr.sim.carrier.rehearsal import CarrierRehearsal

__all__ = ["CarrierCall", "CarrierRehearsal", "CloudHandset"]
