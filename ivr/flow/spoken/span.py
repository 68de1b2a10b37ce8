"""How long something takes, as precisely as anybody wants to hear it."""

from __future__ import annotations

from ivr.flow.spoken.read import amount, wrong

MINUTE, HOUR, DAY = 60, 3600, 86_400


def parts(name: str, value: object) -> list[tuple[int, str]]:
    """Seconds as at most two units: seconds count below ten minutes, minutes below a day, then hours.

    Pairs of a number and `day`, `hour`, `minute` or `second`. Raises ValueError.
    """
    seconds = amount(name, value, 0)
    if seconds < 0:
        raise wrong(name, "seconds, 0 or more", value)
    finest = 1 if seconds < 10 * MINUTE else MINUTE if seconds < DAY else HOUR
    left = (int(seconds) + finest // 2) // finest * finest
    found = []
    for size, unit in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second")):
        number, left = divmod(left, size)
        if number:
            found.append((number, unit))
    return found or [(0, "second")]


def span(name: str, value: object) -> tuple[int, int]:
    """Two numbers of seconds as whole minutes, never narrower than they are: the first rounded down, the second up and
    at least one more. Raises ValueError."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise wrong(name, "two numbers of seconds", value)
    ends = [amount(name, one, 0) for one in value]
    if not 0 <= ends[0] <= ends[1]:
        raise wrong(name, "two numbers of seconds, the smaller one first", value)
    least, most = int(ends[0]) // MINUTE, -(-int(ends[1]) // MINUTE)
    return least, max(most, least + 1)
