"""The meaning of what a caller says: which intent, and which value answers a question.

No clock, no network and no model on disk: a hotline's own examples, and the same examples give the same answers.
"""

from ivr.intent.readers import read
from ivr.intent.recogniser import Recogniser

__all__ = ["Recogniser", "read"]
