-- Callers who are to be rung now. Each is this worker's for a while; should it die before it has told the leg, the
-- next one rings again. The try counts from here on: a carrier that never tells us anything rings nobody for ever.
-- ARGV[2] seconds it is this worker's     ARGV[3] how many at most
-- Returns a list of what callback_out tells.
local out = {}
for _, name in ipairs(redis.call('ZRANGEBYSCORE', DIALS, '-inf', now, 'LIMIT', 0, ARGV[3])) do
  local place = read_callback(name)
  if place and place.token and not place.leg then
    redis.call('ZADD', DIALS, now + tonumber(ARGV[2]), name)
    place.tries, place.rung_at = place.tries + 1, now
    write_place(name, place)
    out[#out + 1] = callback_out(name, place)
  else
    redis.call('ZREM', DIALS, name)
  end
end
return out
