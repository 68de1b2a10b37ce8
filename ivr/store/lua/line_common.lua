-- What the scripts of a line share; of this, what one of them uses is put before it.

-- The line's clock. Its time never steps back: who comes later stands later, whatever a machine's clock does.
local function line_clock() return read_clock('') or {arrivals = 0} end
local function line_time(clock) return math.max(now, clock.now or now) end

-- When something joins the line, and as which.
local function arrival()
  local clock = line_clock()
  clock.now, clock.arrivals = line_time(clock), clock.arrivals + 1
  write_clock('', clock)
  return clock.now, clock.arrivals
end

-- Seconds as whole microseconds, moved so that the years 1812 to 2096 are positive and have at most 16 digits.
local function micros(seconds)
  return math.max(0, math.min(math.floor(seconds * 1e6 + 0.5) + 5e15, 9e15))
end

-- Whole numbers as text that sorts: sixteen digits, and ten for an arrival. Two halves, for `%d` may be a short one.
local function digits(number) return string.format('%08d%08d', math.floor(number / 1e8), number % 1e8) end
local function arrival_digits(number) return string.format('%05d%05d', math.floor(number / 1e5), number % 1e5) end
local function sortable(seconds) return digits(micros(seconds)) end

-- Callers whose waiting counts alike stand in one lane: urgent ones or not, and the rate in thousandths.
local function lane_of(urgent, rate) return (urgent and '0' or '1') .. string.format('%06d', rate * 1000 + 0.5) end
local function lane_rate(lane) return tonumber(string.sub(lane, 2)) / 1000 end
local function order_of(at, head, lane, number)
  return sortable(at - head / lane_rate(lane)) .. arrival_digits(number)
end

-- A rate that a caller stands in line with. While there is one only, callers of a queue stand as their text does.
local function note_rate(lane)
  local clock, rate = line_clock(), string.sub(lane, 2)
  if clock.rate ~= rate and clock.rate ~= 'mixed' then
    clock.rate = clock.rate and 'mixed' or rate
    write_clock('', clock)
  end
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

-- Callers in a queue who stand before this place, where waiting counts at several rates.
local function before_by_points(call, place)
  local count = redis.call('ZLEXCOUNT', IN_LINE, '[' .. place.queue .. ' ' .. place.lane .. ' ', '(' .. in_line_text(call, place))
  for _, lane in ipairs(lanes_in(IN_LINE, place.queue .. ' ')) do
    local start = place.queue .. ' ' .. lane .. ' '
    local own, other = string.sub(place.lane, 1, 1), string.sub(lane, 1, 1)
    if other < own then
      count = count + redis.call('ZLEXCOUNT', IN_LINE, '[' .. start, '(' .. place.queue .. ' ' .. lane .. '!')
    elseif other == own and lane ~= place.lane then
      -- The first microsecond in which whoever came has no more points than this place has; of those with as many,
      -- the number of arrival decides.
      local at = micros(line_time(line_clock()))
      local own_points, rate = points(place.lane, place.order, at), lane_rate(lane)
      local even = math.floor(at - own_points / rate) - 1
      while (at - even) * rate > own_points do even = even + 1 end
      local text = digits(math.max(0, even))
      if (at - even) * rate == own_points then text = text .. string.sub(place.order, 17) end
      count = count + redis.call('ZLEXCOUNT', IN_LINE, '[' .. start, '(' .. start .. text)
    end
  end
  return count
end

-- Callers in a queue who stand before this place.
local function before(call, place)
  if line_clock().rate == 'mixed' then return before_by_points(call, place) end
  return redis.call('ZLEXCOUNT', IN_LINE, '[' .. place.queue .. ' ', '(' .. in_line_text(call, place))
end

local function size(queue)
  return redis.call('ZLEXCOUNT', IN_LINE, '[' .. queue .. ' ', '(' .. queue .. '!')
end

-- What an agent shall see of a call (JSON).
local function read_context(call)
  local context = seen['x' .. call]
  if context == nil then context = redis.call('HGET', RECORDS, 'x' .. call) end
  return context or '{}'
end

local function drop_context(call)
  local field = 'x' .. call
  seen[field] = false
  dropped[#dropped + 1] = field
end

-- Tell the records what no turn of the call sees. A callback is named after the call that asked for it, CALL.n, and what
-- becomes of it is told of that call.
local function tell(call, kind, data)
  redis.call('XADD', EVENTS, '*', 'call', string.match(call, '^[^.]*'), 'entry',
    cjson.encode({kind = kind, at = now, data = data}))
end
