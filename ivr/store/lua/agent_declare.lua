-- Make the agents those that are declared. A new one is signed out; one no longer declared is signed out, after his
-- call if he is on one, and forgotten at the next declaration.
-- ARGV[2] policy (msgpack): {assign = {queue: way}, seats = {queue: how many}, open_to = {queue: {queue: true}}, out = {queue: misses}}
-- ARGV[3...] agent, able, phone, ...
-- Returns nil.
redis.call('SET', POLICY, ARGV[2])
local declared = {}
for i = 3, #ARGV, 3 do
  local name, able, phone = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  declared[name] = true
  local agent = read(AGENTS, name) or {state = 'signed_out', since = now, misses = 0, calls = 0, load = 0}
  if agent.able ~= able then
    local free = agent.order and redis.call('ZSCORE', FREE, free_text(name, agent))
    if free then leave_free(name, agent) end
    if AT_WORK[agent.state] then redis.call('ZREM', PRESENT, present_text(name, agent)) end
    agent.able = able
    if AT_WORK[agent.state] then redis.call('ZADD', PRESENT, 0, present_text(name, agent)) end
    if free then join_free(name, agent) end
  end
  agent.phone, agent.undeclared = phone, nil
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
