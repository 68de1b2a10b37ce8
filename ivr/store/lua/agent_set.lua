-- Sign an agent in or out, or pause him. The same again changes nothing; a call under way is never cut.
-- ARGV[2] agent     ARGV[3] ready, signed_out or paused     ARGV[4] reason for a pause
-- ARGV[5] where he is rung from now on, or empty for where he is declared
-- Returns what agent_out tells, or nil when no such agent is declared.
local name, state, reason = ARGV[2], ARGV[3], ARGV[4]
local agent = read_agent(name)
if not agent or agent.undeclared then return false end

redis.call('ZREM', BEATS, name)  -- a desk that is still there tells so again
if ARGV[5] ~= '' then agent.phone = ARGV[5] end
if state ~= 'ready' then
  stop(name, agent, state, reason ~= '' and reason or nil)
elseif agent.state == 'reserved' or agent.state == 'on_call' then
  agent.after, agent.after_reason = nil, nil
else
  if agent.state == 'signed_out' then
    agent.calls, agent.load = 0, fewest_calls(parse_able(agent.able))
  end
  agent.misses = 0
  local resting = redis.call('ZREM', REST, name) == 1
  if agent.state ~= 'ready' then
    turn_to(name, agent, 'ready')
    set_free(name, agent)
  elseif resting then
    set_free(name, agent)
  end
end
write_agent(name, agent)
return agent_out(name, agent)
