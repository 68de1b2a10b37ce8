-- Puts a chore that failed aside: to be tried again later, or given up.
-- KEYS[1] chores: stream   KEYS[2] later: sorted set   KEYS[3] dead: stream
-- ARGV[1] group   ARGV[2] id in the stream   ARGV[3] the chore with all it needs, as JSON
-- ARGV[4] try again at, s; '' gives it up   ARGV[5] why it failed   ARGV[6] how many dead ones are kept
-- returns 1, or 0 when it was settled already
if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 0 then
  return 0
end
redis.call('XDEL', KEYS[1], ARGV[2])
if ARGV[4] ~= '' then
  redis.call('ZADD', KEYS[2], ARGV[4], ARGV[3])
else
  redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[6], '*', 'chore', ARGV[3], 'why', ARGV[5])
end
return 1
