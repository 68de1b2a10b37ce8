-- The caller of a callback is to be rung, unless that is under way.
-- ARGV[2] name
-- Returns 1, or nil when there is nobody to ring any more.
local place = read_callback(ARGV[2])
if not place or place.state == 'gone' then return false end
if not place.leg then redis.call('ZADD', DIALS, 'NX', now, ARGV[2]) end
return 1
