-- Forget what a caller prefers, and keep for a while that it was: a call that ended before must not bring it back.
-- KEYS[1] what the caller prefers
-- ARGV[1] when it was asked for   ARGV[2] seconds that is known
-- returns 1
local all, at = redis.call('HGETALL', KEYS[1]), tonumber(ARGV[1])
local newer = false
for n = 1, #all, 2 do
  if all[n] ~= 'forgotten' then
    if cjson.decode(all[n + 1]).at <= at then redis.call('HDEL', KEYS[1], all[n]) else newer = true end
  end
end
if at > tonumber(redis.call('HGET', KEYS[1], 'forgotten') or '-inf') then
  redis.call('HSET', KEYS[1], 'forgotten', ARGV[1])
end
if not newer then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return 1
