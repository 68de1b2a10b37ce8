-- Make the agents those that are declared. A new one is signed out; one no longer declared is signed out, after his
-- call if he is on one, and forgotten at the next declaration.
-- ARGV[2] policy (msgpack): {assign = {queue: way}, seats = {queue: how many}, open_to = {queue: {queue: true}}, out = {queue: misses}}
-- ARGV[3...] agent, able, phone, ...
-- Returns nil.
local policy = cmsgpack.unpack(ARGV[2])
write_policy('', policy)

-- Does a queue of this agent pick who has had the fewest calls?
local function is_counted(able)
  for queue in pairs(parse_able(able).queues) do
    if policy.assign[queue] == 'even_load' then return true end
  end
  return false
end

local known_before, declared = all_agents(), {}
for i = 3, #ARGV, 3 do
  local name, able, phone = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  declared[name] = true
  local agent = read_agent(name) or {state = 'signed_out', since = now, misses = 0, calls = 0, load = 0}
  local counted = is_counted(able)
  if agent.able ~= able or agent.counted ~= counted then
    local free = agent.order and redis.call('ZSCORE', FREE, free_text(name, agent))
    if free then leave_free(name, agent) end
    if AT_WORK[agent.state] then redis.call('ZREM', PRESENT, present_text(name, agent)) end
    agent.able, agent.counted = able, counted
    if AT_WORK[agent.state] then redis.call('ZADD', PRESENT, 0, present_text(name, agent)) end
    if free then join_free(name, agent) end
  end
  agent.phone, agent.undeclared = phone, nil
  redis.call('SADD', AGENTS, name)
  write_agent(name, agent)
end

for _, name in ipairs(known_before) do
  if not declared[name] then
    local agent = read_agent(name)
    stop(name, agent, 'signed_out')
    agent.undeclared = true
    if agent.state == 'signed_out' then
      redis.call('SREM', AGENTS, name)
      drop_agent(name)
    else
      write_agent(name, agent)
    end
  end
end
return false
