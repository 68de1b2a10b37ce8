-- An agent's desk is alive. Who has told so once must go on, or is taken out. While a talk is held at one desk, only that one
-- counts.
-- ARGV[2] agent     ARGV[3] seconds until the next one is missed     ARGV[4] the talk that is held at this desk, or empty
-- Returns 1, or nil when no such agent is at work.
local name, held = ARGV[2], ARGV[4] ~= '' and ARGV[4] or nil
local agent = read_agent(name)
if not agent or not AT_WORK[agent.state] then return false end
if agent.state == 'on_call' and agent.desk == agent.token and held ~= agent.desk then
  return 1
end
redis.call('ZADD', BEATS, now + tonumber(ARGV[3]), name)
if agent.desk ~= held then
  agent.desk = held
  write_agent(name, agent)
end
return 1
