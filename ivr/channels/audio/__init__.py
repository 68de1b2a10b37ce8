"""Calls by sound: one call's audio in and out, driven by whichever line carries it."""
