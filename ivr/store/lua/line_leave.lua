-- Give the place in line up. A second time changes nothing.
-- ARGV[2] call     ARGV[3] queue, or empty for whichever     ARGV[4] why     ARGV[5] when it was decided, or 0 for now
-- Returns {waited, offer}: seconds waited, and the offer whose leg is to be ended, if any; nil for a call without a
-- place.
local call, queue, why, decided = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local place = read_place(call)
if not place then return false end

local ended = why == 'hangup'
-- A message about another queue, or about a place that has been taken again since, has come late.
local late = queue ~= '' and queue ~= place.queue or decided > 0 and place.taken > decided
if place.state ~= 'gone' and (ended or not late) then
  local state, token = place.state, place.token
  local offer = token and read_offer(token)
  if state == 'reserved' then tell(call, 'missed', {agent = place.agent, why = 'caller_gone'}) end
  if state == 'connected' and offer then end_leg(token) end
  give_up(call, place, why, decided > 0 and decided)
  if offer then return {exact(place.waited), offer_out(token, offer)} end
elseif ended and place.why ~= why then
  place.why = why
  write_place(call, place)
end
return {exact(place.waited or math.max(0, now - place.since))}
