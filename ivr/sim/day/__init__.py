"""A day of a hotline: hundreds of callers and the people who answer, on a virtual clock, from a seed."""
