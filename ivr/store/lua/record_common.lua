-- What stands first in the library of a line: how its scripts read and write. All of them are given these keys:
-- RECORDS   places, agents, offers, the clock            FREE      agents who may be rung, by text
-- IN_LINE   all callers in line, by text                 BY_LOAD   of these, by calls they had
-- WAITING   callers to be offered, by text               PRESENT   agents who are at work, by text
-- HEADS     the first of each file, by text              REST      agents, by when their pause ends
-- HEARD     calls, by when they are given up             BEATS     agents, by when they must be heard of
-- WIDENS    calls, by when more agents may be rung       DUE       tokens of rings and talks, by deadline
-- NUMBERS   number -> who is to be called back there     CANCELLED tokens, by when
-- DIALS     callbacks, by when to ring the caller        EVENTS    the way to the records
-- AGENTS    names of agents
-- and ARGV[1] now, in seconds since 1970. The texts of the sorted sets are told in line_keys.py, the records in
-- line_records.py.
local now

-- Fields of RECORDS: as they were looked up together, as they are now, to be written, and to be dropped.
local seen, known, written, dropped

-- Look several up at once; who reads one of them afterwards asks no more.
local function look(...)
  local packed = redis.call('HMGET', RECORDS, ...)
  for n = 1, select('#', ...) do seen[select(n, ...)] = packed[n] end
end

-- Write down what has changed, with one command.
local function keep()
  for from = 1, #dropped, 1000 do
    redis.call('HDEL', RECORDS, unpack(dropped, from, math.min(from + 999, #dropped)))
  end
  local flat, n = {}, 0
  for field, packed in pairs(written) do
    flat[n + 1], flat[n + 2], n = field, packed, n + 2
    if n == 2000 then
      redis.call('HSET', RECORDS, unpack(flat))
      flat, n = {}, 0
    end
  end
  if n > 0 then redis.call('HSET', RECORDS, unpack(flat)) end
end

-- How each script is run: nothing is left of the one before it but its functions, and what it changes is kept at its end.
local function run(act, keys, ARGV)
  bind(keys)
  now, seen, known, written, dropped = tonumber(ARGV[1]), {}, {}, {}, {}
  local answer = act(ARGV)
  keep()
  return answer
end

-- What a text says, read once: the same texts come in call after call. Nobody may change what is kept so.
local MOST_KEPT = 2000
local function read_once(parse)
  local kept, count = {}, 0
  return function(text)
    local said = kept[text]
    if not said then
      if count == MOST_KEPT then kept, count = {}, 0 end
      said = parse(text)
      kept[text], count = said, count + 1
    end
    return said
  end
end

-- Every digit of a time, so that it comes out as it went in.
local function exact(number)
  return string.format('%.17g', number)
end

-- An answer with several values, as one MessagePack array. At most 15 of them.
local function answer_of(count, ...) return string.char(0x90 + count) .. cmsgpack.pack(...) end
