"""What an answer means, where the question was not about an intent: yes or no, a date, an amount …"""

from ivr.intent.readers import amount, choice, date, digits, phone, text, yes_no
from ivr.intent.readers.registry import read

__all__ = ["amount", "choice", "date", "digits", "phone", "read", "text", "yes_no"]
