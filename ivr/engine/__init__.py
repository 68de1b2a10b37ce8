"""The mind: one event in, the next state and what to do about it out. Pure: no clock, no network, no luck."""
