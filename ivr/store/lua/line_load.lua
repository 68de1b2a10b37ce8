-- How much a queue has to do.
-- ARGV[2] queue
-- Returns {callers in line, agents free for it}.
local queue, agents, from = ARGV[2], 0, '-'
while true do
  local head = redis.call('ZRANGEBYLEX', FREE, from, '+', 'LIMIT', 0, 1)[1]
  if not head then break end
  local able = string.match(head, '^%S+')
  local queues = string.match(able, '^[^/]*')
  if string.find('+' .. queues .. '+', '+' .. queue .. '+', 1, true) then
    agents = agents + redis.call('ZLEXCOUNT', FREE, '[' .. able .. ' ', '(' .. able .. '!')
  end
  from = '(' .. able .. '!'
end
return {size(queue), agents}
