"""The words of a call: events come in, verbs go out, tasks ask the world, the state is kept.

Plain data only. Every room may import this one; it imports none.
"""
