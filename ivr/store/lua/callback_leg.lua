-- The caller's phone rings: this is the leg. It may have told so itself before.
-- ARGV[2] name     ARGV[3] leg
-- Returns 1, or nil for a leg that nobody wants any more: it is to be ended.
local place = read_callback(ARGV[2])
if not place or not place.token or (place.leg and place.leg ~= ARGV[3]) then return false end
redis.call('ZREM', DIALS, ARGV[2])
if not place.leg then
  place.leg = ARGV[3]
  write_place(ARGV[2], place)
end
return 1
