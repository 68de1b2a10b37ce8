"""A YAML parser's complaint, told to a person who is no programmer.

The two parsers of the library word their complaints differently; both wordings are matched.
"""

from __future__ import annotations

import yaml

from ivr.flow.where import Fault, Where

COLON = "Write a name, a colon and a blank, then the value"
QUOTES = 'Put the whole text in quotes, for example "{} …"'


def syntax_fault(
    error: yaml.YAMLError | ValueError | OverflowError, file: str, text: str, last: yaml.ScalarEvent | None = None
) -> Fault:
    """One fault at the place a person should look at, which is not always where the parser stopped.

    `last` is the last word that was read before."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Fault(Where(file), "Something in this file is not YAML: a number or a sign in it is out of range")
    lines = Lines(file, text)
    stop = lines.at(error.problem_mark.line, error.problem_mark.column)
    start = lines.at(error.context_mark.line, error.context_mark.column) if error.context_mark else stop
    problem = error.problem or ""
    context = error.context or ""
    if "cannot start any token" in problem or "found a tab" in problem:
        return bad_start(lines, stop)
    if "quoted scalar" in context:
        return quoted(lines, start, stop, problem)
    if "mapping values" in problem:
        return colon(lines, stop)
    if "sequence entries" in problem or "block sequence entries" in problem:
        return Fault(stop, "A list with - cannot start here", "Start it on a line of its own, under the name")
    if "flow sequence" in context or "flow mapping" in context:
        return brackets(lines, start, stop)
    if "simple key" in context:
        return Fault(start, "This line has no colon after its name", COLON)
    if "block collection" in context or "block mapping" in context or "document start" in problem:
        if last is not None and (opened := runaway(lines, last, stop)):
            return opened
        return misfit(lines, start, stop, in_list="collection" in context)
    if "node content" in problem:
        if not lines.sign(stop):
            return Fault(stop, "Something is missing at the end of this line: a value or a closing bracket")
        return Fault(stop, f"A value cannot begin with {lines.sign(stop)!r}", QUOTES.format(lines.sign(stop)))
    if "anchor" in context or "alias" in context:
        return Fault(stop, "After & or * a name must follow", "A text that begins with & or * needs quotes")
    if "tag" in context:
        return Fault(stop, "Tags that begin with ! are not read here", "A text that begins with ! needs quotes")
    if "block scalar" in context:
        return Fault(stop, "After | or > the text must start on the next line, indented with blanks")
    if "%" in lines.of(stop)[:1] or "directive" in context or "incompatible" in problem:
        return Fault(stop, "A line cannot begin with %", "A text that begins with % needs quotes")
    return Fault(stop, "This cannot be read as YAML", "Compare the line, and the one above it, with a line that works")


class Lines:
    """The written lines, for a look at what stands at a place."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def at(self, line: int, column: int) -> Where:
        """The place, which for the end of the file is the end of its last written line."""
        while line > 0 and (line >= len(self.lines) or (column == 0 and not self.lines[line].strip())):
            line -= 1
            column = len(self.lines[line])
        return Where(self.file, line + 1, column + 1)

    def of(self, where: Where) -> str:
        return self.lines[where.line - 1]

    def before(self, where: Where) -> str:
        return self.of(where)[: where.column - 1]

    def sign(self, where: Where) -> str:
        return self.of(where)[where.column - 1 : where.column]

    def above(self, where: Where) -> Where | None:
        """The start of the nearest line above that says something."""
        for number in range(where.line - 2, -1, -1):
            line = self.lines[number]
            if line.strip() and not line.lstrip().startswith("#"):
                return Where(self.file, number + 1, len(line) - len(line.lstrip()) + 1)
        return None


def bad_start(lines: Lines, stop: Where) -> Fault:
    sign = lines.sign(stop)
    if sign == "\t":
        return Fault(stop, "There is a tab here", "Indent with blanks, two for each step")
    return Fault(stop, f"A text cannot begin with {sign!r}", QUOTES.format(sign))


def quoted(lines: Lines, start: Where, stop: Where, problem: str) -> Fault:
    if "escape" in problem or "hexadecimal" in problem or "hexdecimal" in problem:
        return Fault(
            stop, "In double quotes a backslash starts a special sign, and this is none",
            "Use single quotes, or write the backslash twice",
        )  # fmt: skip
    return Fault(start, f"The quote {lines.sign(start)} that opens here is not closed", "Close it where the text ends")


def colon(lines: Lines, stop: Where) -> Fault:
    before = lines.before(stop)
    if ": " in before or before.rstrip().endswith(":"):
        return Fault(
            stop, "There is a second colon on this line, as if a second name began",
            "A text that has a colon and a blank in it needs quotes",
        )  # fmt: skip
    above = lines.above(stop)
    here = Where(stop.file, stop.line, len(before) - len(before.lstrip()) + 1)
    if above is None:
        return Fault(stop, "A colon cannot stand here")
    if ":" in lines.of(above) or lines.of(above).lstrip().startswith("- "):
        return Fault(
            here, f"This line is indented as if it belonged to line {above.line}, which has its value already",
            f"Start it in column {above.column}, as line {above.line} does",
        )  # fmt: skip
    return Fault(above, "This line has no colon after its name", COLON)


def brackets(lines: Lines, start: Where, stop: Where) -> Fault:
    opened = lines.sign(start)
    closing = "]" if opened == "[" else "}"
    at_the_end = not lines.of(stop)[stop.column - 1 :].strip()
    if (start.line == stop.line and not at_the_end) or lines.sign(stop) in (")", "]", "}"):
        return Fault(
            stop, f"Between {opened} and {closing} a comma or the closing {closing} is missing before this",
            f"A text with {opened}, {closing}, a comma or a colon in it needs quotes",
        )  # fmt: skip
    until = " before the file ends" if at_the_end else f" before line {stop.line}"
    sentence = f"The {opened} that opens here is not closed{until}"
    return Fault(start, sentence, f"Write {closing} where the list ends")


def runaway(lines: Lines, last: yaml.ScalarEvent, stop: Where) -> Fault | None:
    """A quote left open closes where the next one opens, lines below; the text after that is left over."""
    if last.style not in ("'", '"') or last.start_mark is None or last.end_mark is None:
        return None
    if last.start_mark.line == last.end_mark.line or last.end_mark.line + 1 != stop.line:
        return None
    opened = lines.at(last.start_mark.line, last.start_mark.column)
    return Fault(
        opened, f"The quote {last.style} that opens here is not closed before line {stop.line}",
        "Close it where the text ends",
    )  # fmt: skip


def misfit(lines: Lines, start: Where, stop: Where, in_list: bool) -> Fault:
    before = lines.before(stop)
    if lines.of(stop).lstrip().startswith(": "):
        return Fault(stop, "Nothing is written before this colon", "Write a name, or delete the line")
    if before.strip().strip("- "):
        if before.rstrip().endswith(("}", "]")) and "{{" in before:
            return Fault(stop, "A text that begins with { needs quotes", 'For example "{{ caller.name }} …"')
        return Fault(
            stop, "Something follows here after the value has ended",
            "A quote or a bracket closes too early: a text with quotes in it needs the other kind of quotes around it",
        )  # fmt: skip
    hint = f"Start it in column {start.column}, as line {start.line} does" if start.line < stop.line else ""
    if in_list and start.column == stop.column:
        hint = f"The list that begins in line {start.line} goes on with - in the same column"
    return Fault(stop, "This line does not stand under the lines it belongs to", hint)
