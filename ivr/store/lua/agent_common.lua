-- What scripts share about agents; put behind line_common.lua.

-- An agent may be rung from now on; `agent.text` keeps the place among the free.
local function set_free(name, agent)
  local at, number = arrival()
  agent.idle_since = at
  agent.text = agent.able .. ' ' .. sortable(at) .. string.format('%010.0f', number) .. ' ' .. name
  redis.call('ZADD', FREE, 0, agent.text)
end

local function turn_to(agent, state)
  agent.state, agent.since, agent.reason = state, now, nil
end

-- An agent is out of an offer or a talk: on with what was ordered meanwhile, else ready.
-- `rest_s` is a breath before the next ring; `as_before` gives back the old place among the free.
local function release(name, agent, rest_s, as_before)
  agent.call, agent.token = nil, nil
  turn_to(agent, agent.after or 'ready')
  agent.reason, agent.after, agent.after_reason = agent.after_reason, nil, nil
  if agent.state == 'ready' then
    if rest_s > 0 then
      redis.call('ZADD', REST, now + rest_s, name)
    elseif as_before then
      redis.call('ZADD', FREE, 0, agent.text)
    else
      set_free(name, agent)
    end
  end
end

-- Rests and wrap-ups that are over.
local function wake_agents()
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', REST, '-inf', now)) do
    redis.call('ZREM', REST, name)
    local agent = read(AGENTS, name)
    if agent then
      if agent.state ~= 'ready' then turn_to(agent, 'ready') end
      set_free(name, agent)
      write(AGENTS, name, agent)
    end
  end
end

-- What an agent looks like outside, as a flat list.
local function agent_out(name, agent)
  return {name, agent.state, exact(agent.since), exact(agent.idle_since or agent.since), agent.misses, agent.calls,
    agent.reason or '', agent.after or '', agent.call or '', agent.phone, agent.able}
end
