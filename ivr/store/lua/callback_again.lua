-- A callback came to nothing this time: back in line at the same place, to be offered from a time on; or given up.
-- The agent is free.
-- ARGV[2] name     ARGV[3] the leg this is told of; empty: whatever there is; `-`: no leg, only if there is none
-- ARGV[4] why      ARGV[5] not before; 0: it is given up     ARGV[6] rest of the agent in seconds
-- ARGV[7] tries to be counted besides: 1, 0 or -1
-- Returns how often the number was rung, or nil when that was known, or is of another try.
local name, leg, why, wake = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local place = read_callback(name)
if not place or place.state == 'gone' then return false end
if leg == '-' and place.leg or leg ~= '-' and leg ~= '' and place.leg ~= leg then return false end
if place.wake and not place.token then return false end

local was = place.state
take_from_agent(place, tonumber(ARGV[6]))
redis.call('ZREM', DIALS, name)
if was == 'waiting' then end_waiting(name, place) end
if was == 'connected' then
  redis.call('ZADD', IN_LINE, 0, in_line_text(name, place))
  place.waited = nil
end
place.state, place.leg, place.confirmed = 'waiting', nil, nil
local besides = tonumber(ARGV[7])
if besides > 0 then place.tries, place.rung_at = place.tries + 1, now end
if besides < 0 and place.rung_at then place.tries, place.rung_at = place.tries - 1, nil end
tell(name, 'dialled', {number = place.number, status = why, tries = place.tries, again_at = wake > 0 and wake or nil})
if wake > 0 then
  place.ready, place.wake = false, wake
  redis.call('ZADD', WIDENS, wake, name)
  redis.call('ZADD', HEARD, now + CALLBACK_LIFE_S, name)
  write_place(name, place)
else
  give_up(name, place, why)
end
return place.tries
