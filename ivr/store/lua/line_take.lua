-- Take a place in line, keep the one held, or move with it to another queue.
-- ARGV[2] call     ARGV[3] queue     ARGV[4] 1 when urgent     ARGV[5] head start in seconds     ARGV[6] rate
-- ARGV[7] limit    ARGV[8] 1 when the caller may be offered to agents     ARGV[9] context
-- ARGV[10] who may be rung (msgpack): {main, preferred = {{text, for_s, why}}, overflow = {{text, after_s, only_if, why}},
--          terms, class}
-- For a callback besides:
-- ARGV[11] number     ARGV[12] since when     ARGV[13] the call whose place it was     ARGV[14] not to be rung before
-- For a caller on the line besides:
-- ARGV[11] empty      ARGV[12] the caller's number, so that a callback promised there ends, and its time is kept
-- ARGV[13] 1 when the wait is to be foretold     ARGV[14] since when, should the place be forgotten; 0 for a first place
-- Returns what `placed` tells, {'with_agent', agent, token}, {'full'}, {'over'}, or for a number that is
-- to be called back already {'twice', call}.
local call, queue, urgent, head, rate = ARGV[2], ARGV[3], ARGV[4] == '1', tonumber(ARGV[5]), tonumber(ARGV[6])
local number = ARGV[11] or ''

if number ~= '' then
  -- One callback for each number: the first one keeps its place.
  local before_this = redis.call('HGET', NUMBERS, number)
  if before_this and before_this ~= call then return {'twice', before_this} end
end

look('p' .. call, '=clock')
local place = read_place(call)
local state = place and place.state or 'none'

-- A call that has ended takes no place: this is a message come late. Nor is a callback booked again that was done.
if state == 'gone' and (place.why == 'hangup' or number ~= '') then return {'over'} end
-- Who is with an agent has what was asked for; another place is to be had when that talk is finished.
if state == 'connected' then return {'with_agent', place.agent, place.token} end

local held = state == 'waiting' or state == 'reserved'
-- What this caller was promised and not given yet.
local promised = not held and number == '' and (ARGV[12] or '') ~= '' and redis.call('HGET', NUMBERS, ARGV[12])
local back = promised and read_place(promised)
if back and back.state ~= 'waiting' and back.state ~= 'reserved' then back = nil end

local others = size(queue)
if held and place.queue == queue or back and back.queue == queue then
  others = others - 1
elseif others >= tonumber(ARGV[7]) then
  return {'full'}
end

if not place then
  local at, arrived = arrival()
  place = {since = now, at = at, arrival = arrived, times = 0}
  if number ~= '' then
    local whose = read_place(ARGV[13])
    place.number, place.tries = number, 0
    place.since = whose and whose.since or tonumber(ARGV[12])
    place.at, place.arrival = whose and whose.at or place.since, whose and whose.arrival or arrived
  elseif tonumber(ARGV[14]) > 0 then
    place.since = math.min(tonumber(ARGV[14]), now)
    place.at = math.min(place.since, at)
  end
end

if back then
  if back.since < place.since then place.since, place.at, place.arrival = back.since, back.at, back.arrival end
  redis.call('ZREM', DIALS, promised)
  give_up(promised, back, 'rang_in')
end

if held then
  redis.call('ZREM', IN_LINE, in_line_text(call, place))
  end_waiting(call, place)
elseif place.state then
  -- Back in line: the time of the first place still counts, what has become of that place does not.
  place.waited, place.why = nil, nil
end
if not held then place.state = 'waiting' end
if not held or place.queue ~= queue then place.joined = nil end

local plan = cmsgpack.unpack(ARGV[10])
place.queue, place.taken, place.head, place.ready = queue, now, head ~= 0 and head or nil, ARGV[8] == '1'
place.lane = lane_of(urgent, rate)
place.order = order_of(place.at, head, place.lane, place.arrival)
place.main, place.terms, place.class = plan.overflow and plan.main, plan.terms, plan.class
place.files, place.whys, place.steps = {}, nil, {}
if number ~= '' then
  redis.call('HSET', NUMBERS, number, call)
  local from = tonumber(ARGV[14])
  place.wake = from > now and from or nil
  place.ready = not place.wake
end
note_rate(place.lane)
redis.call('ZADD', IN_LINE, 0, in_line_text(call, place))

if not place.ready and not place.wake then
  place.steps = nil
  if held then redis.call('ZREM', WIDENS, call) end
else
  place.joined = place.wake or math.min(place.joined or now, now)
  local at = place.joined
  -- Who is preferred is rung first, if there; then the queue's agents; then those who help out.
  for _, one in ipairs(plan.preferred or {}) do
    if anybody(PRESENT, one.text) then
      place.steps[#place.steps + 1] = {at = at, text = one.text, why = one.why, only_if = ''}
      at = at + one.for_s
    end
  end
  place.steps[#place.steps + 1] = {at = at, text = plan.main, why = 'queue', only_if = ''}
  for _, one in ipairs(plan.overflow or {}) do
    place.steps[#place.steps + 1] =
      {at = math.max(at, place.joined + one.after_s), text = one.text, why = one.why, only_if = one.only_if}
  end
  if #place.steps == 1 and place.ready then  -- as it mostly is
    place.files[1], place.steps = plan.main, nil
    if place.state == 'waiting' then join_file(call, place, 1) end
    if held then redis.call('ZREM', WIDENS, call) end
  else
    widen(call, place)
  end
end
redis.call('ZADD', HEARD, now + (number ~= '' and CALLBACK_LIFE_S or PLACE_LIFE_S), call)
written['x' .. call] = ARGV[9]
write_place(call, place)
return placed(before(call, place) + 1, others + 1, place, number == '' and ARGV[13] == '1')
