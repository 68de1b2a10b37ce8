-- Another priority for a caller in line; the time waited still counts.
-- ARGV[2] call     ARGV[3] 1 when urgent     ARGV[4] head start in seconds     ARGV[5] rate     ARGV[6] terms (msgpack)
-- Returns the position, or nil for a call that does not wait.
local call = ARGV[2]
local place = read_place(call)
if not place or place.state ~= 'waiting' and place.state ~= 'reserved' then return false end

redis.call('ZREM', IN_LINE, in_line_text(call, place))
end_waiting(call, place)
place.lane, place.head = lane_of(ARGV[3] == '1', tonumber(ARGV[5])), tonumber(ARGV[4])
place.order, place.terms = order_of(place.at, place.head, place.lane, place.arrival), cmsgpack.unpack(ARGV[6])
note_rate(place.lane)
redis.call('ZADD', IN_LINE, 0, in_line_text(call, place))
if place.state == 'waiting' then set_waiting(call, place) end
write_place(call, place)
return before(call, place) + 1
