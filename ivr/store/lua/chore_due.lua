-- Brings chores whose time to be tried again has come back into the stream.
-- KEYS[1] chores: stream   KEYS[2] later: sorted set
-- ARGV[1] now, s   ARGV[2] at most so many
-- returns how many
local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, text in ipairs(due) do
  local kept = cjson.decode(text)
  redis.call('XADD', KEYS[1], '*', 'call', kept.call, 'chore', kept.chore, 'once', kept.once, 'attempt', kept.attempt)
  redis.call('ZREM', KEYS[2], text)
end
return #due
