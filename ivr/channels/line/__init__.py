"""A line of our own: calls and agents over plain JSON from this machine, for `ivr call --server` and for trying out."""
