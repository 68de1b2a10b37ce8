-- An agent's desk is alive. Who has told so once must go on, or is taken out.
-- ARGV[2] agent     ARGV[3] seconds until the next one is missed
-- Returns 1, or nil when no such agent is at work.
local agent = read_agent(ARGV[2])
if not agent or not AT_WORK[agent.state] then return false end
redis.call('ZADD', BEATS, now + tonumber(ARGV[3]), ARGV[2])
return 1
