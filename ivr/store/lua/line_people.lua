-- How queues are doing.
-- ARGV[2...] queues
-- Returns for each: callers in line; its agents who are ready, busy, and off; talks, and seconds one takes.
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

local all = {}
for i = 2, #ARGV do
  local at = places[ARGV[i]]
  local talks, pace = unpack(redis.call('HMGET', CLOCK, 'talks ' .. ARGV[i], 'pace ' .. ARGV[i]))
  for n = 0, 3 do all[#all + 1] = out[at + n] end
  all[#all + 1], all[#all + 2] = tonumber(talks or '0'), pace or '0'
end
return all
