-- What the scripts of a line share; it is put before each of them. They all get the same KEYS:
-- KEYS[1] clock: arrivals, the line's time, paces     KEYS[11] rest: agents, by when their pause ends
-- KEYS[2] places: call -> place                       KEYS[12] offers: token -> offer
-- KEYS[3] context: call -> what the agent shall see   KEYS[13] due: tokens of rings and talks, by deadline
-- KEYS[4] in_line: all callers in line, by text       KEYS[14] cancelled: tokens, by when
-- KEYS[5] waiting: callers to be offered, by text     KEYS[15] events: the way to the records
-- KEYS[6] heads: the first of each file, by text      KEYS[16] widens: calls, by when more agents may be rung
-- KEYS[7] heard: calls, by when they are given up     KEYS[17] present: agents who are at work, by text
-- KEYS[8] agents: agent -> what is known of him       KEYS[18] beats: agents, by when they must be heard of
-- KEYS[9] free: agents who may be rung, by text       KEYS[19] policy: how queues choose agents
-- KEYS[10] by_load: the same, by calls they had       KEYS[20] numbers: number -> who is to be called back there
-- KEYS[21] dials: callbacks, by when to ring the caller
-- and ARGV[1] now, in seconds since 1970. The texts of the sorted sets are told in line_keys.py.
local CLOCK, PLACES, CONTEXT, IN_LINE, WAITING, HEADS = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local HEARD, AGENTS, FREE, BY_LOAD, REST, OFFERS = KEYS[7], KEYS[8], KEYS[9], KEYS[10], KEYS[11], KEYS[12]
local DUE, CANCELLED, EVENTS, WIDENS, PRESENT = KEYS[13], KEYS[14], KEYS[15], KEYS[16], KEYS[17]
local BEATS, POLICY, NUMBERS, DIALS = KEYS[18], KEYS[19], KEYS[20], KEYS[21]
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

-- Seconds as whole microseconds, moved so that the years 1812 to 2096 are positive and have at most 16 digits.
local function micros(seconds)
  return math.max(0, math.min(math.floor(seconds * 1e6 + 0.5) + 5e15, 9e15))
end

-- The same as text that sorts.
local function sortable(seconds) return string.format('%016.0f', micros(seconds)) end

-- The line's time in the same measure, for comparing callers whose waiting counts differently.
local function line_micros()
  return micros(math.max(now, tonumber(redis.call('HGET', CLOCK, 'now') or '-1e300')))
end

-- Callers whose waiting counts alike stand in one lane: urgent ones or not, and the rate in thousandths.
local function lane_of(urgent, rate) return (urgent and '0' or '1') .. string.format('%06.0f', rate * 1000) end
local function lane_rate(lane) return tonumber(string.sub(lane, 2)) / 1000 end
local function order_of(at, head, lane, number)
  return sortable(at - head / lane_rate(lane)) .. string.format('%010.0f', number)
end

-- What a caller of this lane and order has by now, in microseconds.
local function points(lane, order, at) return (at - tonumber(string.sub(order, 1, 16))) * lane_rate(lane) end

-- How the line stands in text. No name holds a blank but the call's, which stands last. A caller may wait in several
-- files: the order there has one more digit, the number of the file.
local function in_line_text(call, place) return place.queue .. ' ' .. place.lane .. ' ' .. place.order .. ' ' .. call end
local function waiting_text(call, place, n)
  return place.files[n] .. ' ' .. place.lane .. ' ' .. place.order .. (n - 1) .. ' ' .. call
end
local function head_text(call, place, n)
  return place.lane .. ' ' .. place.order .. (n - 1) .. ' ' .. place.files[n] .. ' ' .. call
end

-- The first of the callers with equal needs in a lane, as it stands in HEADS, and its order; or nil.
local function head_of(needs, lane)
  local file = needs .. ' ' .. lane
  local text = redis.call('ZRANGEBYLEX', WAITING, '[' .. file .. ' ', '(' .. file .. '!', 'LIMIT', 0, 1)[1]
  if not text then return nil end
  local order, call = string.match(text, '^%S+ %S+ (%S+) (.*)$')
  return lane .. ' ' .. order .. ' ' .. needs .. ' ' .. call, order
end

-- The caller can be offered to the agents of his n-th file.
local function join_file(call, place, n)
  local head, order = head_of(place.files[n], place.lane)
  redis.call('ZADD', WAITING, 0, waiting_text(call, place, n))
  if not head or place.order .. (n - 1) < order then
    if head then redis.call('ZREM', HEADS, head) end
    redis.call('ZADD', HEADS, 0, head_text(call, place, n))
  end
end

-- The caller can be offered to agents, unless something is still being told.
local function set_waiting(call, place)
  if not place.ready then return end
  for n = 1, #place.files do join_file(call, place, n) end
end

-- Who stands behind the caller in the `file`-th file is known: `behind` is that head's text, nil for nobody.
local function end_waiting(call, place, file, behind)
  for n, needs in ipairs(place.files) do
    if redis.call('ZREM', WAITING, waiting_text(call, place, n)) == 1
        and redis.call('ZREM', HEADS, head_text(call, place, n)) == 1 then
      local head = behind
      if n ~= file then head = head_of(needs, place.lane) end
      if head then redis.call('ZADD', HEADS, 0, head) end
    end
  end
end

-- Lanes in a sorted set whose texts begin with `prefix` and then name the lane, urgent ones first.
local function lanes_in(key, prefix)
  local lanes, from = {}, '[' .. prefix
  while true do
    local text = redis.call('ZRANGEBYLEX', key, from, prefix == '' and '+' or '(' .. string.sub(prefix, 1, -2) .. '!',
      'LIMIT', 0, 1)[1]
    if not text then return lanes end
    local lane = string.sub(text, #prefix + 1, #prefix + 7)
    lanes[#lanes + 1] = lane
    from = '(' .. prefix .. lane .. '!'
  end
end

-- Callers in a queue who stand before this place. `all` are those in the queue.
local function before(call, place, all)
  local own_lane, own_text = place.queue .. ' ' .. place.lane, '(' .. in_line_text(call, place)
  local count = redis.call('ZLEXCOUNT', IN_LINE, '[' .. own_lane .. ' ', own_text)
  -- Mostly nobody stands in another lane.
  if count + 1 + redis.call('ZLEXCOUNT', IN_LINE, own_text, '(' .. own_lane .. '!') == all then return count end
  for _, lane in ipairs(lanes_in(IN_LINE, place.queue .. ' ')) do
    local start = place.queue .. ' ' .. lane .. ' '
    local own, other = string.sub(place.lane, 1, 1), string.sub(lane, 1, 1)
    if other < own then
      count = count + redis.call('ZLEXCOUNT', IN_LINE, '[' .. start, '(' .. place.queue .. ' ' .. lane .. '!')
    elseif other == own and lane ~= place.lane then
      -- The first microsecond in which whoever came has no more points than this place has; of those with as many,
      -- the number of arrival decides.
      local at = line_micros()
      local own_points, rate = points(place.lane, place.order, at), lane_rate(lane)
      local even = math.floor(at - own_points / rate) - 1
      while (at - even) * rate > own_points do even = even + 1 end
      local text = string.format('%016.0f', math.max(0, even))
      if (at - even) * rate == own_points then text = text .. string.sub(place.order, 17) end
      count = count + redis.call('ZLEXCOUNT', IN_LINE, '[' .. start, '(' .. start .. text)
    end
  end
  return count
end

local function size(queue)
  return redis.call('ZLEXCOUNT', IN_LINE, '[' .. queue .. ' ', '(' .. queue .. '!')
end

-- Tell the records what no turn of the call sees. A callback is named after the call that asked for it, CALL.n, and what
-- becomes of it is told of that call. `more` is written JSON that goes with the data.
local function tell(call, kind, data, more)
  local told = cjson.encode(data)
  if more then told = string.sub(told, 1, -2) .. ',' .. more .. '}' end
  redis.call('XADD', EVENTS, '*', 'call', string.match(call, '^[^.]*'), 'entry',
    '{"kind":"' .. kind .. '","at":' .. cjson.encode(now) .. ',"data":' .. told .. '}')
end
