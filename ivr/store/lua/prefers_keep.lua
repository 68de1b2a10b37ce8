-- Keep what a call has shown of its caller, or what the caller has said outright. What was said later, or forgotten
-- since, stays as it is.
-- KEYS[1] what the caller prefers
-- ARGV[1] call:ID or said:NAME   ARGV[2] as JSON, with `at`   ARGV[3] when   ARGV[4] how many calls are kept
-- ARGV[5] seconds it lives
-- returns 1, or 0 where it came too late
local field, at = ARGV[1], tonumber(ARGV[3])
local forgotten = tonumber(redis.call('HGET', KEYS[1], 'forgotten') or '-inf')
-- What is said outright in the moment of forgetting comes after it, as in the flow.
if at < forgotten or (at == forgotten and string.sub(field, 1, 5) ~= 'said:') then return 0 end
local before = redis.call('HGET', KEYS[1], field)
if before and cjson.decode(before).at >= at then return 0 end
redis.call('HSET', KEYS[1], field, ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[5])

local all, calls = redis.call('HGETALL', KEYS[1]), {}
for n = 1, #all, 2 do
  if string.sub(all[n], 1, 5) == 'call:' then
    calls[#calls + 1] = {all[n], cjson.decode(all[n + 1]).at}
  end
end
table.sort(calls, function(one, other) return one[2] > other[2] end)
for n = tonumber(ARGV[4]) + 1, #calls do redis.call('HDEL', KEYS[1], calls[n][1]) end
return 1
