"""Sentences as points in a space of meanings: what the n-grams of a hotline's own examples cannot know.

All of it is an extra (`pip install 'ivr[meaning]'`). Nothing here is imported for a hotline that goes without.
"""
