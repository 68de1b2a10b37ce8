-- How queues are doing.
-- ARGV[2...] queues
-- Returns for each: callers in line; its agents who may be rung, are busy, and off; talks, and seconds one takes.
-- Who is kept for callers of other queues is not to be had for this one, and counts as busy.
local places, out = {}, {}
for i = 2, #ARGV do
  local at = #out + 1
  places[ARGV[i]] = at
  out[at], out[at + 1], out[at + 2], out[at + 3] = size(ARGV[i]), 0, 0, 0
end

local COLUMN = {ready = 1, reserved = 2, on_call = 2, wrap_up = 2}
local policy, ready, known = policies(), {}, {}
for _, name in ipairs(redis.call('HKEYS', AGENTS)) do
  local agent = read(AGENTS, name)
  if not agent.undeclared then
    local queues = names(string.match(agent.able, '^[^/]*'))
    known[#known + 1] = {queues = queues, column = COLUMN[agent.state] or 3}
    for queue in pairs(agent.state == 'ready' and queues or {}) do ready[queue] = (ready[queue] or 0) + 1 end
  end
end

local function kept_from(queue, agent)
  for other in pairs(agent.queues) do
    local kept = policy.seats[other]
    if kept and ready[other] <= kept and not policy.open_to[other][queue] then return true end
  end
  return false
end

for _, agent in ipairs(known) do
  for queue in pairs(agent.queues) do
    local at, column = places[queue], agent.column
    if at then
      if column == 1 and kept_from(queue, agent) then column = 2 end
      out[at + column] = out[at + column] + 1
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
