-- How a call ended, told by whoever was in it: the first word stands.
-- KEYS[1] closing: string   KEYS[2] events: stream
-- ARGV[1] closing (JSON)   ARGV[2] it lives for, s   ARGV[3] call id   ARGV[4] the entry that tells of it (JSON)
-- returns the closing that stands
local stands = redis.call('GET', KEYS[1])
if stands then return stands end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
redis.call('XADD', KEYS[2], '*', 'call', ARGV[3], 'entry', ARGV[4])
return ARGV[1]
