-- Gives a worker chores to do now: what dead workers left behind and, where there is none, new ones. Chores whose time to
-- be tried again has come are among the new ones.
-- KEYS[1] chores: stream   KEYS[2] later: sorted set
-- ARGV[1] now, s   ARGV[2] at most so many   ARGV[3] group   ARGV[4] the worker
-- ARGV[5] a chore given out so long ago, ms, and not settled was left behind
-- returns a list of {id in the stream, fields (a flat list), how many workers were given it before}
for _, text in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])) do
  local kept = cjson.decode(text)
  redis.call('XADD', KEYS[1], '*', 'call', kept.call, 'chore', kept.chore, 'once', kept.once, 'attempt', kept.attempt)
  redis.call('ZREM', KEYS[2], text)
end

local found = {}
local left = redis.pcall('XAUTOCLAIM', KEYS[1], ARGV[3], ARGV[4], ARGV[5], '0-0', 'COUNT', ARGV[2])
if left.err then -- nobody has read a chore yet
  redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[3], '0', 'MKSTREAM')
  left = {nil, {}}
end
for _, entry in ipairs(left[2]) do
  local given = redis.call('XPENDING', KEYS[1], ARGV[3], entry[1], entry[1], 1)[1]
  found[#found + 1] = {entry[1], entry[2], given and given[4] - 1 or 0}
end
if #found > 0 then return found end

local new = redis.call('XREADGROUP', 'GROUP', ARGV[3], ARGV[4], 'COUNT', ARGV[2], 'STREAMS', KEYS[1], '>')
for _, entry in ipairs(new and new[1][2] or {}) do found[#found + 1] = {entry[1], entry[2], 0} end
return found
