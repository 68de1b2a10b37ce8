-- One more request of somebody who may make so many: the time at which the last one would have come, had they come
-- evenly, says whether there have been too many.
-- KEYS[1] that time
-- ARGV[1] now   ARGV[2] seconds between even requests   ARGV[3] how many may come at once
-- returns 0, or how many seconds are to pass before the next one, as text
local now, every, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local even = tonumber(redis.call('GET', KEYS[1]) or '0')

local function keep(at)
  -- A minute longer than it counts: `now` is the clock of whoever asks, which may stand still for a while.
  redis.call('SET', KEYS[1], string.format('%.6f', at), 'PX', math.ceil((at - now) * 1000) + 60000)
end

if even > now + burst * every then
  -- The clock was set back; that must not keep anybody out for long.
  even = now + burst * every
  keep(even)
end
even = math.max(even, now)
local wait = even + every - now - burst * every
if wait > 1e-6 then return string.format('%.3f', wait) end
keep(even + every)
return '0'
