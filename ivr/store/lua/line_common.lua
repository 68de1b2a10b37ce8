-- What the scripts of a line share; it is put before each of them. They all get the same KEYS:
-- KEYS[1]  clock: arrivals and the line's time         KEYS[8]  free: agents who may be rung, by text
-- KEYS[2]  places: call -> place                       KEYS[9]  rest: agents, by when their pause ends
-- KEYS[3]  context: call -> what the agent shall see   KEYS[10] offers: token -> offer
-- KEYS[4]  in_line: all callers in line, by text       KEYS[11] due: tokens of rings and talks, by deadline
-- KEYS[5]  waiting: callers to be offered, by text     KEYS[12] cancelled: tokens, by when
-- KEYS[6]  heard: calls, by when they are given up     KEYS[13] events: the way to the records
-- KEYS[7]  agents: agent -> what is known of him
-- and ARGV[1] now, in seconds since 1970. The texts of the sorted sets are told in line_keys.py.
local CLOCK, PLACES, CONTEXT, IN_LINE, WAITING = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local HEARD, AGENTS, FREE, REST = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local OFFERS, DUE, CANCELLED, EVENTS = KEYS[10], KEYS[11], KEYS[12], KEYS[13]
local now = tonumber(ARGV[1])

local function read(key, name)
  local packed = redis.call('HGET', key, name)
  return packed and cmsgpack.unpack(packed) or nil
end

local function write(key, name, record)
  redis.call('HSET', key, name, cmsgpack.pack(record))
end

-- Every digit of a time, so that it comes out as it went in.
local function exact(number)
  return string.format('%.17g', number)
end

-- The line's own time never steps back: who comes later stands later, whatever a machine's clock does.
local function line_time()
  local latest = tonumber(redis.call('HGET', CLOCK, 'now') or '-1e300')
  if now <= latest then return latest end
  redis.call('HSET', CLOCK, 'now', exact(now))
  return now
end

local function arrival()
  return redis.call('HINCRBY', CLOCK, 'arrivals', 1)
end

-- Seconds as 16 digits that sort as text: microseconds, moved so that the years 1812 to 2096 are positive.
local function sortable(seconds)
  local whole = math.floor(seconds * 1e6 + 0.5) + 5e15
  return string.format('%016.0f', math.max(0, math.min(whole, 9e15)))
end

-- `needs order call` and `queue order call`: no name holds a blank but the call's, which stands last.
local function waiting_text(call, place) return place.needs .. ' ' .. place.order .. ' ' .. call end
local function in_line_text(call, place) return place.queue .. ' ' .. place.order .. ' ' .. call end

-- The caller can be offered to agents, unless something is still being told.
local function set_waiting(call, place)
  if place.ready then redis.call('ZADD', WAITING, 0, waiting_text(call, place)) end
end

-- Callers in a queue who stand before this place.
local function before(call, place)
  return redis.call('ZLEXCOUNT', IN_LINE, '[' .. place.queue .. ' ', '(' .. in_line_text(call, place))
end

local function size(queue)
  return redis.call('ZLEXCOUNT', IN_LINE, '[' .. queue .. ' ', '(' .. queue .. '!')
end

-- Tell the records what no turn of the call sees.
local function tell(call, kind, data)
  redis.call('XADD', EVENTS, '*', 'call', call, 'entry', cjson.encode({kind = kind, at = now, data = data}))
end
