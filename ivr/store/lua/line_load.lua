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
local talks, pace = unpack(redis.call('HMGET', CLOCK, 'talks ' .. queue, 'pace ' .. queue))
return {size(queue), count(FREE), count(PRESENT), tonumber(talks or '0'), pace or '0'}
