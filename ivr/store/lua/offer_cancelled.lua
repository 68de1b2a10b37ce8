-- A leg was ended, or needs no ending.
-- ARGV[2] token
-- Returns 1, or nil when that was known.
local token = ARGV[2]
if redis.call('ZREM', CANCELLED, token) == 0 then return false end
drop_cancelled(token)
return 1
