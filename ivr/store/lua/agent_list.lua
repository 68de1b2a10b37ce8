-- All agents that are declared.
-- Returns a list of what agent_out tells.
local out = {}
for _, name in ipairs(redis.call('HKEYS', AGENTS)) do
  local agent = read(AGENTS, name)
  if not agent.undeclared then out[#out + 1] = agent_out(name, agent) end
end
return out
