"""What the line knows of a caller's place, an agent, an offer and a queue, and how the scripts pack it.

A record is packed as its values in order, without their names: the scripts pack and unpack some dozen of them in each
call. What is rarely set stands together, by name, in one value more at the end; where nothing is, that is nil.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One kind, and the functions of a script that read and write it: read_NAME, write_NAME, drop_NAME."""

    name: str
    letter: str
    """What its fields in the hash of records begin with; the name of the one it is about follows."""
    usual: tuple[str, ...]
    seldom: tuple[str, ...] = ()
    lasting: bool = False
    """The same for long, and changed by no script that has read it: it is unpacked once."""

    @property
    def lua(self) -> str:
        """The functions. `known` and `written` are those of `record_common.lua`."""
        usual, name = ", ".join(self.usual), self.name
        named = ", ".join(f"{field} = {field}" for field in self.usual)
        mine = ", ".join(f"record.{field}" for field in self.usual)
        rest_in, rest_out, more = "", "", ""
        if self.seldom:
            usual += ", rest"
            rest_in = "  if rest then for field, value in pairs(rest) do record[field] = value end end\n"
            more = ", rest"
            any_of = " or ".join(f"record.{field}" for field in self.seldom)
            them = ", ".join(f"{field} = record.{field}" for field in self.seldom)
            rest_out = f"  local rest\n  if {any_of} then rest = {{{them}}} end\n"
        begin, end = ("read_once(function(packed)", "end)") if self.lasting else ("function(packed)", "end")
        return f"""
local unpack_{name} = {begin}
  local {usual} = cmsgpack.unpack(packed)
  local record = {{{named}}}
{rest_in}  return record
{end}
local function read_{name}(id)
  local field = '{self.letter}' .. id
  local record = known[field]
  if record ~= nil then return record end
  local packed = seen[field]
  if packed == nil then packed = redis.call('HGET', RECORDS, field) end
  if not packed then
    known[field] = false
    return false
  end
  record = unpack_{name}(packed)
  known[field] = record
  return record
end
local function write_{name}(id, record)
{rest_out}  local field = '{self.letter}' .. id
  known[field], written[field] = record, cmsgpack.pack({mine}{more})
end
local function drop_{name}(id)
  local field = '{self.letter}' .. id
  known[field], written[field] = false, nil
  dropped[#dropped + 1] = field
end
"""


RECORDS = (
    Record(
        "place",
        "p",
        usual=(
            *("state", "why", "queue", "since", "waited", "times", "token", "agent", "taken", "joined", "ready"),
            *("at", "arrival", "head", "lane", "order", "files"),
        ),
        seldom=(
            *("main", "steps", "whys", "terms", "class"),
            *("number", "tries", "rung_at", "wake", "leg", "confirmed"),
        ),
    ),
    Record(
        "agent",
        "a",
        usual=(
            *("state", "since", "idle_since", "order", "call", "token"),
            *("able", "phone", "misses", "calls", "load", "counted"),
        ),
        seldom=("reason", "after", "after_reason", "undeclared", "desk"),
    ),
    Record(
        "offer",
        "o",
        usual=(
            *("state", "call", "agent", "phone", "queue", "since", "at", "deadline", "times", "leg", "number"),
            *("taken", "waited"),
        ),
    ),
    Record("clock", "=clock", usual=("now", "arrivals", "rate", "swept")),
    Record("policy", "=policy", usual=("assign", "seats", "open_to", "out"), lasting=True),
    Record("pace", "=pace ", usual=("talks", "busy")),
)
"""A place: `at` and `arrival` are when and as which it joined, `joined` when it may be offered from; `main`, `steps`
and `whys` are told in `line_take.lua`, what a callback has besides in `callback_common.lua`.

An agent: `order` is the place among the free, `counted` whether a queue of his picks who has had the fewest calls,
`after` what he is after the call under way, `desk` the token of the talk that is held at his desk.

The clock: the line's own time, which never steps back; how many have joined so far; the rate at which waiting counts,
`mixed` once there were two; when overdue things were looked for last. A policy holds what differs from the usual. A
pace: the talks of a queue so far, and the seconds an agent is busy with one, an average that forgets."""
