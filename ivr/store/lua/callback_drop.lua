-- Nobody needs this callback any more. A talk under way goes on.
-- ARGV[2] name     ARGV[3] why
-- Returns 1, or nil when there is nothing to drop.
local place = read_callback(ARGV[2])
if not place or place.state ~= 'waiting' and place.state ~= 'reserved' then return false end
redis.call('ZREM', DIALS, ARGV[2])
give_up(ARGV[2], place, ARGV[3])
tell(ARGV[2], 'left_line', {queue = place.queue, why = ARGV[3]})
return 1
