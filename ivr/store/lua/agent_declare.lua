-- Make the agents those that are declared. A new one is signed out; one no longer declared is signed out, after his
-- call if he is on one, and forgotten at the next declaration.
-- ARGV[2...] agent, able, phone, ...
-- Returns nil.
local declared = {}
for i = 2, #ARGV, 3 do
  local name, able, phone = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  declared[name] = true
  local agent = read(AGENTS, name) or {state = 'signed_out', since = now, misses = 0, calls = 0}
  if agent.text and agent.able ~= able then
    local text = able .. string.sub(agent.text, #agent.able + 1)
    if redis.call('ZREM', FREE, agent.text) == 1 then redis.call('ZADD', FREE, 0, text) end
    agent.text = text
  end
  agent.able, agent.phone, agent.undeclared = able, phone, nil
  write(AGENTS, name, agent)
end

for _, name in ipairs(redis.call('HKEYS', AGENTS)) do
  if not declared[name] then
    local agent = read(AGENTS, name)
    stop(name, agent, 'signed_out')
    agent.undeclared = true
    if agent.state == 'signed_out' then redis.call('HDEL', AGENTS, name) else write(AGENTS, name, agent) end
  end
end
return false
