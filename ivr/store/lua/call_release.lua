-- Gives a claim back with nothing changed.
-- KEYS[1] call: hash
-- ARGV[1] token of the claim
-- returns 1, or 0 when the claim was lost already
local turn, holder = unpack(redis.call('HMGET', KEYS[1], 'turn', 'holder'))
if holder ~= ARGV[1] then
  return 0
end
if turn then
  redis.call('HDEL', KEYS[1], 'holder', 'until')
else
  redis.call('DEL', KEYS[1])
end
return 1
