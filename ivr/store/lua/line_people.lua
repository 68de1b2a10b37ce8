-- How queues are doing.
-- ARGV[2...] queues
-- Returns for each: callers in line; its agents who may be rung, are busy, and off; talks, and seconds one takes;
-- and how many of the busy are free, but kept for callers of other queues, so that they are not to be had for this one.
local places, out, held = {}, {}, {}
for i = 2, #ARGV do
  local at = #out + 1
  places[ARGV[i]] = at
  out[at], out[at + 1], out[at + 2], out[at + 3] = size(ARGV[i]), 0, 0, 0
end

local COLUMN = {ready = 1, reserved = 2, on_call = 2, wrap_up = 2}
local policy, ready, there = policies(), {}, {}
for _, name in ipairs(all_agents()) do
  local agent = read_agent(name)
  if not agent.undeclared then
    local queues = parse_able(agent.able).queues
    there[#there + 1] = {queues = queues, column = COLUMN[agent.state] or 3}
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

for _, agent in ipairs(there) do
  for queue in pairs(agent.queues) do
    local at, column = places[queue], agent.column
    if at then
      if column == 1 and kept_from(queue, agent) then
        column, held[queue] = 2, (held[queue] or 0) + 1
      end
      out[at + column] = out[at + column] + 1
    end
  end
end

local all = {}
for i = 2, #ARGV do
  local at = places[ARGV[i]]
  local pace = read_pace(ARGV[i]) or {talks = 0, busy = 0}
  for n = 0, 3 do all[#all + 1] = out[at + n] end
  all[#all + 1], all[#all + 2], all[#all + 3] = pace.talks, exact(pace.busy), held[ARGV[i]] or 0
end
return all
