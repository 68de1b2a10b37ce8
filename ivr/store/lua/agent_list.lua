-- All agents that are declared.
-- Returns a list of what agent_out tells.
local out = {}
for _, name in ipairs(all_agents()) do
  local agent = read_agent(name)
  if not agent.undeclared then out[#out + 1] = agent_out(name, agent) end
end
return out
