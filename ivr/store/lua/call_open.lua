-- Claims a call for one turn, or tells why not.
-- KEYS[1] call: hash
-- ARGV[1] the turn asked for, or '' for whatever turn it is   ARGV[2] token of this claim   ARGV[3] now, s
-- ARGV[4] the claim lapses at, s   ARGV[5] a call that nobody ever saved lives for, s
-- returns {'replay', turn, answer}, {'busy', turn}, {'new'} or {'ready', turn, answer, state}
local turn, state, answer, holder, lapses =
  unpack(redis.call('HMGET', KEYS[1], 'turn', 'state', 'answer', 'holder', 'until'))
if turn and ARGV[1] ~= '' and tonumber(ARGV[1]) < tonumber(turn) then
  return {'replay', turn, answer}
end
if holder and holder ~= ARGV[2] and tonumber(lapses) > tonumber(ARGV[3]) then
  return {'busy', turn or '0'}
end
redis.call('HSET', KEYS[1], 'holder', ARGV[2], 'until', ARGV[4])
if not turn then
  redis.call('EXPIRE', KEYS[1], ARGV[5])
  return {'new'}
end
return {'ready', turn, answer, state}
