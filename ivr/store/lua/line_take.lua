-- Take a place in line, keep the one held, or move with it to another queue.
-- ARGV[2] call     ARGV[3] queue     ARGV[4] needs     ARGV[5] 1 when urgent     ARGV[6] head start in seconds
-- ARGV[7] limit    ARGV[8] 1 when the caller may be offered to agents     ARGV[9] context
-- Returns {'placed', position, size, since}, {'with_agent', agent, token}, {'full'} or {'over'}.
local call, queue, needs = ARGV[2], ARGV[3], ARGV[4]
local urgent, head = ARGV[5] == '1', tonumber(ARGV[6])

local place = read(PLACES, call)
local state = place and place.state or 'none'

-- A call that has ended takes no place: this is a message come late.
if state == 'gone' and place.why == 'hangup' then return {'over'} end
-- Who is with an agent has what was asked for; another place is to be had when that talk is finished.
if state == 'connected' then return {'with_agent', place.agent, place.token} end

local held = state == 'waiting' or state == 'reserved'
local others = size(queue)
if held and place.queue == queue then
  others = others - 1
elseif others >= tonumber(ARGV[7]) then
  return {'full'}
end

if not place then
  local at, number = arrival()
  place = {since = now, at = at, arrival = number, times = 0}
elseif held then
  redis.call('ZREM', IN_LINE, in_line_text(call, place))
  end_waiting(call, place)
else
  -- Back in line: the time of the first place still counts, what has become of that place does not.
  place.waited, place.why = nil, nil
end
if not held then place.state = 'waiting' end

place.queue, place.needs, place.ready, place.taken = queue, needs, ARGV[8] == '1', now
place.order = (urgent and '0' or '1') .. sortable(place.at - head) .. string.format('%010.0f', place.arrival)
redis.call('ZADD', IN_LINE, 0, in_line_text(call, place))
if place.state == 'waiting' then set_waiting(call, place) end
redis.call('ZADD', HEARD, now + PLACE_LIFE_S, call)
redis.call('HSET', CONTEXT, call, ARGV[9])
write(PLACES, call, place)
return {'placed', before(call, place) + 1, others + 1, exact(place.since)}
