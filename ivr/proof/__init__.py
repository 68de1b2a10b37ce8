"""The doubt: every call that a hotline's files allow, explored through the engine's own steps.

`prove` in `prove.py` says of each property that it holds, or prints the shortest call that shows it does not.
"""
