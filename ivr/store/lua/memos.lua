-- What scripts keep of callers between their calls; put before them. Doing one twice is doing it once, and what was said
-- or forgotten later stays as it is. Each returns 1, or 0 where it changed nothing.
local memos = {}

-- How a call ended.   key: hash   call: id   past: JSON   most: so many calls are kept   life: they live for, s
function memos.remember(key, call, past, most, life)
  if redis.call('HLEN', key) >= most and redis.call('HEXISTS', key, call) == 0 then return 0 end
  redis.call('HSET', key, call, past)
  redis.call('EXPIRE', key, life)
  return 1
end

-- That a hint was told or taken.   key: sorted set   told: JSON   at: when   most: so many are kept   life: s
function memos.hint(key, told, at, most, life)
  redis.call('ZADD', key, at, told)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', at - life)
  redis.call('ZREMRANGEBYRANK', key, 0, -most - 1)
  redis.call('EXPIRE', key, life)
  return 1
end

-- Whether hints are wanted.   key: sorted set   word: refused or wanted   at: when
function memos.hints(key, word, at)
  return redis.call('ZADD', key, 'GT', 'CH', at, word)
end

-- What a call has shown of its caller, or what the caller has said outright.
-- key: hash   field: call:ID or said:NAME   value: JSON, with `at`   at: when   most: so many calls are kept   life: s
function memos.prefer(key, field, value, at, most, life)
  local forgotten = tonumber(redis.call('HGET', key, 'forgotten') or '-inf')
  -- What is said outright in the moment of forgetting comes after it, as in the flow.
  if at < forgotten or (at == forgotten and string.sub(field, 1, 5) ~= 'said:') then return 0 end
  local before = redis.call('HGET', key, field)
  if before and cjson.decode(before).at >= at then return 0 end
  redis.call('HSET', key, field, value)
  redis.call('EXPIRE', key, life)

  local all, calls = redis.call('HGETALL', key), {}
  for n = 1, #all, 2 do
    if string.sub(all[n], 1, 5) == 'call:' then
      calls[#calls + 1] = {all[n], cjson.decode(all[n + 1]).at}
    end
  end
  table.sort(calls, function(one, other) return one[2] > other[2] end)
  for n = most + 1, #calls do redis.call('HDEL', key, calls[n][1]) end
  return 1
end

-- Forget what a caller prefers, and keep for a while that it was: a call that ended before must not bring it back.
-- key: hash   at: when it was asked for   life: that is known for, s
function memos.forget(key, at, life)
  local all, newer = redis.call('HGETALL', key), false
  for n = 1, #all, 2 do
    if all[n] ~= 'forgotten' then
      if cjson.decode(all[n + 1]).at <= at then redis.call('HDEL', key, all[n]) else newer = true end
    end
  end
  if at > tonumber(redis.call('HGET', key, 'forgotten') or '-inf') then redis.call('HSET', key, 'forgotten', at) end
  if not newer then redis.call('EXPIRE', key, life) end
  return 1
end

-- One of them.   packed: its name and what it is told behind the key, as MessagePack
local function keep(key, packed)
  local memo = cmsgpack.unpack(packed)
  return memos[memo[1]](key, unpack(memo, 2))
end
