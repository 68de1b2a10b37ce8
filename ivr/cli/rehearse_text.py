"""A day's result as text: tables for the eye."""

from __future__ import annotations

from pathlib import Path

from ivr.cli.goals_text import reached_text
from ivr.cli.shares import share_text
from ivr.cli.table import table
from ivr.sim.day.compare import Comparison, Row
from ivr.sim.day.figures import LineFigures
from ivr.sim.day.goals import DayGoals, goals_of
from ivr.sim.day.result import Result

LINE = ("in line", "answered", "hung up", "callback", "service level", "mean wait", "95th wait", "longest")
SIGNIFICANT = 0.05


def result_text(result: Result, took_s: float) -> str:
    """Everything about one day."""
    rate = len(result.calls) / took_s if took_s else 0.0
    head = (
        f"{result.hotline} {result.version} on {result.day.date}, seed {result.day.seed}"
        + (f": {result.day.about}" if result.day.about else "")
        + f"\n{len(result.calls)} calls, {len(result.desks)} agents, in {took_s:.1f} s ({rate:.0f} calls a second)"
        + f"\n{_percent(result.by_machine)} answered by the machine, {_percent(result.to_person)} reached a person,"
        + f" {result.consents} of {result.offers} offers taken,"
        + f" {result.kept} of {len(result.promised)} callbacks kept,"
        + f" agents busy {_percent(result.occupancy)} of their time"
        + f"\ncalls ended: {', '.join(f'{name} {count}' for name, count in result.outcomes.items())}"
    )
    goals = goals_of(result)
    parts = [head, reached_text(goals.reached), _queues(result), _hours(result), _rules(result, goals), _agents(result)]
    return "\n\n".join(parts)


def comparison_text(comparison: Comparison, one: Path, other: Path | None) -> str:
    """What differs; what is alike on both days is left out."""
    rows = [
        (row.name, _value(row, row.one), _value(row, row.other), _difference(row))
        for row in comparison.rows
        if _value(row, row.one) != _value(row, row.other)
    ]
    if not rows and not comparison.rules:
        return f"{one} and {other}: the same day to the last figure"
    pairs = [
        (pair.name, str(pair.both), str(pair.only_one), str(pair.only_other), _sure(pair.chance))
        for pair in comparison.pairs
    ]
    waits = comparison.waits
    parts = [
        table(("of the day", str(one), str(other), "difference"), rows),
        table(("caller by caller", "on both", f"only {one}", f"only {other}", "by chance alone"), pairs),
        f"in line: {waits.callers} callers waited on both days, on {other} {waits.mean_s:+.1f} s"
        f" (± {waits.sure_s:.1f} s) each",
    ]
    if comparison.rules:
        rules = [(rule, str(first), str(second)) for rule, first, second in comparison.rules]
        parts.append(table(("rule", f"fitted {one}", f"fitted {other}"), rules))
    return "\n\n".join(parts)


def _queues(result: Result) -> str:
    rows = [(name, *_line(line)) for name, line in result.queues.items()]
    return table(("queue", *LINE), [*rows, ("all", *_line(result.line))])


def _hours(result: Result) -> str:
    rows = [
        (
            f"{hour.hour:02}:00",
            str(hour.calls),
            str(hour.by_machine),
            str(hour.to_person),
            f"{hour.agents:.1f}",
            _percent(hour.occupancy) if hour.agents else "",
            *_line(hour.line),
        )
        for hour in result.hours
    ]
    return table(("hour", "calls", "by machine", "to person", "agents", "busy", *LINE), rows)


def _rules(result: Result, goals: DayGoals) -> str:
    led_to = {f"{'offer' if one.point == 'step' else one.point}.{one.rule}": one for one in goals.rules.rules}
    rows = [
        (
            rule.rule,
            str(rule.fitted),
            ", ".join(f"{count} {why}" for why, count in rule.held.items()),
            str(rule.asked or ""),
            str(rule.yes or ""),
            str(rule.reached),
            str(rule.gave_up),
            "" if rule.rating is None else f"{rule.rating:.1f}",
            share_text(led_to[rule.rule].solved) if rule.rule in led_to else "",
            str(sold.count) if rule.rule in led_to and (sold := led_to[rule.rule].converted) and sold.count else "",
        )
        for rule in result.rules
    ]
    headings = ("rule", "fitted", "held back", "asked", "yes", "reached a person", "hung up", "rating")
    return table((*headings, "solved", "converted"), rows)


def _agents(result: Result) -> str:
    rows = [
        (one.agent, str(one.talks), str(one.missed), f"{one.there_s / 3600:.1f} h", _percent(one.occupancy))
        for one in result.agents
    ]
    return table(("agent", "talks", "missed", "there", "busy"), rows)


def _line(line: LineFigures) -> tuple[str, ...]:
    return (
        str(line.offered),
        str(line.answered),
        str(line.abandoned),
        str(line.callbacks),
        _percent(line.service_level) if line.answered or line.abandoned else "",
        f"{line.wait_mean_s:.0f} s",
        f"{line.wait_95_s:.0f} s",
        f"{line.wait_longest_s:.0f} s",
    )


def _value(row: Row, value: float) -> str:
    match row.kind:
        case "share":
            return _percent(value)
        case "seconds":
            return f"{value:.1f} s"
        case "amount":
            return f"{value:,.2f}"
        case _:
            return f"{value:.0f}"


def _difference(row: Row) -> str:
    match row.kind:
        case "share":
            return f"{row.difference * 100:+.1f} points"
        case "seconds":
            return f"{row.difference:+.1f} s"
        case "amount":
            return f"{row.difference:+,.2f}"
        case _:
            return f"{row.difference:+.0f}"


def _sure(chance: float) -> str:
    return f"{_percent(chance)}{', hardly' if chance < SIGNIFICANT else ''}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
