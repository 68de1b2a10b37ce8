-- Where in line is this call?
-- ARGV[2] call     ARGV[3] 1 when the wait is to be foretold
-- Returns what `placed` tells, {'with_agent', agent, token}, or nil when the call holds no place.
local call = ARGV[2]
local place = read_place(call)
if not place or place.state == 'gone' then return false end

if place.state == 'connected' then return {'with_agent', place.agent, place.token} end
redis.call('ZADD', HEARD, now + PLACE_LIFE_S, call)
return placed(before(call, place) + 1, size(place.queue), place, ARGV[3] == '1')
