-- Writes what a turn leaves behind and gives the claim back; writes nothing when the claim is lost. Put behind memos.lua.
-- KEYS[1] call: hash   KEYS[2] events: stream   KEYS[3] chores: stream   KEYS[4] running: sorted set
-- KEYS[5] watched: stream, there only while somebody watches this call   KEYS[6…] what memos are kept in
-- ARGV[1] token of the claim   ARGV[2] the turn the state waits for   ARGV[3] state   ARGV[4] answer   ARGV[5] now, s
-- ARGV[6] '1' when the call is over   ARGV[7] a call lives for, s   ARGV[8] call id   ARGV[9] number of entries
-- ARGV[10…] the entries and the errands, each as JSON, and a memo (MessagePack) for each of its keys
-- returns 1, or 0 when the claim is lost
local holder, done, n = unpack(redis.call('HMGET', KEYS[1], 'holder', 'done', 'entries'))
if done == ARGV[1] then
  return 1 -- the same commit again: its first answer was lost on the way
end
if holder ~= ARGV[1] then
  return 0
end
local last_entry = 9 + tonumber(ARGV[9])
n = tonumber(n or 0)
local watched = redis.call('EXISTS', KEYS[5]) == 1
for i = 10, last_entry do
  n = n + 1
  redis.call('XADD', KEYS[2], '*', 'call', ARGV[8], 'n', n, 'entry', ARGV[i])
  if watched then
    redis.call('XADD', KEYS[5], '*', 'n', n, 'entry', ARGV[i])
  end
end
local memos_from = #ARGV - (#KEYS - 5)
for i = last_entry + 1, memos_from do
  redis.call('XADD', KEYS[3], '*', 'call', ARGV[8], 'chore', ARGV[i])
end
for i = memos_from + 1, #ARGV do
  -- What was spoilt before must not cost the caller the turn.
  local kept, why = pcall(keep, KEYS[5 + i - memos_from], ARGV[i])
  if not kept then redis.log(redis.LOG_WARNING, 'call ' .. ARGV[8] .. ': a memo was not kept: ' .. tostring(why)) end
end
redis.call('HSET', KEYS[1], 'turn', ARGV[2], 'state', ARGV[3], 'answer', ARGV[4], 'entries', n, 'done', ARGV[1])
redis.call('HDEL', KEYS[1], 'holder', 'until')
redis.call('EXPIRE', KEYS[1], ARGV[7])
if ARGV[6] == '1' then
  redis.call('ZREM', KEYS[4], ARGV[8])
else
  redis.call('ZADD', KEYS[4], ARGV[5], ARGV[8])
end
return 1
