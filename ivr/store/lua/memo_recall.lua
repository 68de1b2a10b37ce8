-- What is remembered of a caller.
-- KEYS[1] calls: hash   KEYS[2] hints: sorted set   KEYS[3] refuses: sorted set   KEYS[4] prefers: hash
-- returns the calls, then the other three as flat lists of names and values
return {
  redis.call('HVALS', KEYS[1]),
  redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES'),
  redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES'),
  redis.call('HGETALL', KEYS[4]),
}
