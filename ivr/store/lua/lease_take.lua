-- Takes a lease, or renews one's own.
-- KEYS[1] lease: string, its holder
-- ARGV[1] who wants it   ARGV[2] it lapses after, ms
-- returns 1, or 0 while somebody else holds it
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
