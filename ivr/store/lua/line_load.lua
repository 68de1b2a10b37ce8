-- How much a queue has to do.
-- ARGV[2] queue
-- Returns {callers in line, agents free for it, agents at work for it, talks, seconds a talk takes}.
local queue = ARGV[2]
local function count(key)
  local sum = 0
  for _, team in ipairs(teams_in(key)) do
    if team.queues[queue] then sum = sum + team_size(key, team) end
  end
  return sum
end
local pace = read_pace(queue) or {talks = 0, busy = 0}
return {size(queue), count(FREE), count(PRESENT), pace.talks, exact(pace.busy)}
