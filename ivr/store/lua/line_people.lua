-- How queues are doing.
-- ARGV[2...] queues
-- Returns for each: callers in line, its agents who are ready, busy, and off.
local places, out = {}, {}
for i = 2, #ARGV do
  local at = #out + 1
  places[ARGV[i]] = at
  out[at], out[at + 1], out[at + 2], out[at + 3] = size(ARGV[i]), 0, 0, 0
end

for _, name in ipairs(redis.call('HKEYS', AGENTS)) do
  local agent = read(AGENTS, name)
  local column = 3
  if agent.state == 'ready' then
    column = 1
  elseif agent.state == 'reserved' or agent.state == 'on_call' or agent.state == 'wrap_up' then
    column = 2
  end
  if not agent.undeclared then
    for queue in string.gmatch(string.match(agent.able, '^[^/]*'), '[^+]+') do
      local at = places[queue]
      if at then out[at + column] = out[at + column] + 1 end
    end
  end
end
return out
