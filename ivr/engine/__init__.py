"""The mind: takes one event, answers with the next state and what to do about it. Pure: no clock, no network, no luck."""
