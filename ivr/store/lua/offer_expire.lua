-- End what is overdue: offers, rests and wrap-ups, places of callers not heard of, talks without an end, old cancels,
-- agents whose desk is silent; where the talk was held at that desk, too, its leg is over. And widen who may be rung for
-- callers whose time for it has come.
-- ARGV[2] rest in seconds after an expired offer     ARGV[3] misses in a row after which an agent is taken out
-- ARGV[4] a step back of the clock, in seconds, from which deadlines move with it     ARGV[5] most to do at once
-- Returns tokens of the offers that expired.
local UNWATCHED_S = 3
local clock = line_clock()
local swept = clock.swept or now
if swept - now > tonumber(ARGV[4]) then
  -- The clock was set back. Deadlines set before would be late by as much.
  for _, key in ipairs({DUE, REST, BEATS, WIDENS, DIALS}) do
    for _, name in ipairs(redis.call('ZRANGE', key, 0, -1)) do redis.call('ZINCRBY', key, now - swept, name) end
  end
  for _, call in ipairs(redis.call('ZRANGE', WIDENS, 0, -1)) do
    local place = read_place(call)
    for _, step in ipairs(place.steps or {}) do step.at = step.at + now - swept end
    if place.wake then place.wake = place.wake + now - swept end
    if place.rung_at then place.rung_at = place.rung_at + now - swept end
    place.joined = place.joined and place.joined + now - swept
    write_place(call, place)
  end
end
if now - swept > UNWATCHED_S then
  -- Nobody looked for so long, and nobody could be told of a beat.
  for _, name in ipairs(redis.call('ZRANGE', BEATS, 0, -1)) do redis.call('ZINCRBY', BEATS, now - swept, name) end
end
clock.swept = now
write_clock('', clock)

wake_agents()

for _, name in ipairs(redis.call('ZRANGEBYSCORE', BEATS, '-inf', now, 'LIMIT', 0, ARGV[5])) do
  redis.call('ZREM', BEATS, name)
  local agent = read_agent(name)
  if agent and AT_WORK[agent.state] then
    if agent.state == 'on_call' and agent.desk == agent.token then end_leg(agent.token) end
    stop(name, agent, 'not_answering', 'silent')
    write_agent(name, agent)
  end
end

local expired = {}
for _, token in ipairs(redis.call('ZRANGEBYSCORE', DUE, '-inf', now, 'LIMIT', 0, ARGV[5])) do
  local offer = read_offer(token)
  if offer.state == 'taken' then
    talk_over(token, offer, 0)
  else
    -- Whose phone never rang has missed nothing: the worker that was to ring it is gone.
    offer_missed(token, offer, 'expired', (offer.leg or '') ~= '', tonumber(ARGV[2]), tonumber(ARGV[3]))
    cancel(token, offer)
    expired[#expired + 1] = token
  end
end

for _, call in ipairs(redis.call('ZRANGEBYSCORE', HEARD, '-inf', now, 'LIMIT', 0, ARGV[5])) do
  local place = read_place(call)
  if place.state == 'gone' then
    redis.call('ZREM', HEARD, call)
    drop_place(call)
  elseif place.state == 'connected' then
    redis.call('ZREM', HEARD, call)  -- it is heard of again when the talk is over
  else
    tell(call, 'left_line', {queue = place.queue, why = 'silent'})
    give_up(call, place, 'silent')
  end
end

for _, call in ipairs(redis.call('ZRANGEBYSCORE', WIDENS, '-inf', now, 'LIMIT', 0, ARGV[5])) do
  local place = read_place(call)
  widen(call, place)
  write_place(call, place)
end

for _, token in ipairs(redis.call('ZRANGEBYSCORE', CANCELLED, '-inf', now - CANCEL_LIFE_S, 'LIMIT', 0, ARGV[5])) do
  redis.call('ZREM', CANCELLED, token)
  drop_cancelled(token)
end
return expired
