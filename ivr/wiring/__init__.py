"""Joins of rooms that may not know each other, for whoever runs hotlines: a server (`app`) or a rehearsal (`sim`)."""
