-- What the scripts of a line share; it is put before each of them. They all get the same KEYS:
-- KEYS[1] clock: arrivals and the line's time         KEYS[8]  agents: agent -> what is known of him
-- KEYS[2] places: call -> place                       KEYS[9]  free: agents who may be rung, by text
-- KEYS[3] context: call -> what the agent shall see   KEYS[10] rest: agents, by when their pause ends
-- KEYS[4] in_line: all callers in line, by text       KEYS[11] offers: token -> offer
-- KEYS[5] waiting: callers to be offered, by text     KEYS[12] due: tokens of rings and talks, by deadline
-- KEYS[6] heads: the first of each file, by text      KEYS[13] cancelled: tokens, by when
-- KEYS[7] heard: calls, by when they are given up     KEYS[14] events: the way to the records
-- and ARGV[1] now, in seconds since 1970. The texts of the sorted sets are told in line_keys.py.
local CLOCK, PLACES, CONTEXT, IN_LINE, WAITING, HEADS = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local HEARD, AGENTS, FREE, REST, OFFERS = KEYS[7], KEYS[8], KEYS[9], KEYS[10], KEYS[11]
local DUE, CANCELLED, EVENTS = KEYS[12], KEYS[13], KEYS[14]
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

-- When something joins the line, and as which. The line's own time never steps back: who comes later stands later,
-- whatever a machine's clock does.
local function arrival()
  local latest, number = unpack(redis.call('HMGET', CLOCK, 'now', 'arrivals'))
  local at = math.max(now, tonumber(latest or '-1e300'))
  number = tonumber(number or '0') + 1
  redis.call('HSET', CLOCK, 'now', exact(at), 'arrivals', string.format('%.0f', number))
  return at, number
end

-- Seconds as 16 digits that sort as text: microseconds, moved so that the years 1812 to 2096 are positive.
local function sortable(seconds)
  local whole = math.floor(seconds * 1e6 + 0.5) + 5e15
  return string.format('%016.0f', math.max(0, math.min(whole, 9e15)))
end

-- How the line stands in text. No name holds a blank but the call's, which stands last.
local function in_line_text(call, place) return place.queue .. ' ' .. place.order .. ' ' .. call end
local function waiting_text(call, place) return place.needs .. ' ' .. place.order .. ' ' .. call end
local function head_text(call, place) return place.order .. ' ' .. place.needs .. ' ' .. call end

-- The first of the callers with equal needs, as it stands in HEADS, and its order; or nil.
local function head_of(needs)
  local text = redis.call('ZRANGEBYLEX', WAITING, '[' .. needs .. ' ', '(' .. needs .. '!', 'LIMIT', 0, 1)[1]
  if not text then return nil end
  local order, call = string.match(text, '^%S+ (%S+) (.*)$')
  return order .. ' ' .. needs .. ' ' .. call, order
end

-- The caller can be offered to agents, unless something is still being told.
local function set_waiting(call, place)
  if not place.ready then return end
  local head, order = head_of(place.needs)
  redis.call('ZADD', WAITING, 0, waiting_text(call, place))
  if not head or place.order < order then
    if head then redis.call('ZREM', HEADS, head) end
    redis.call('ZADD', HEADS, 0, head_text(call, place))
  end
end

local function end_waiting(call, place)
  if redis.call('ZREM', WAITING, waiting_text(call, place)) == 1 and redis.call('ZREM', HEADS, head_text(call, place)) == 1 then
    local head = head_of(place.needs)
    if head then redis.call('ZADD', HEADS, 0, head) end
  end
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
