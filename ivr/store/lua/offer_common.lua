-- What scripts share about offers and the end of places; put behind agent_common.lua.

-- An agent's leg has nobody to talk to, and is to be ended at the carrier.
local function end_leg(token) redis.call('ZADD', CANCELLED, now, token) end

-- An offer that stands no more while the agent's phone may still ring.
local function cancel(token, offer)
  offer.state = 'cancelled'
  write(OFFERS, token, offer)
  redis.call('ZREM', DUE, token)
  end_leg(token)
end

-- A cancelled offer is forgotten with its leg; a talk lives until it is finished.
local function drop_cancelled(token)
  local offer = read(OFFERS, token)
  if offer and offer.state == 'cancelled' then redis.call('HDEL', OFFERS, token) end
end

-- The caller of an offer is back at the very same place.
local function wait_on(call, token)
  local place = read(PLACES, call)
  if place and place.state == 'reserved' and place.token == token then
    place.state, place.token, place.agent = 'waiting', nil, nil
    set_waiting(call, place)
    write(PLACES, call, place)
  end
end

-- An agent is to be rung no more: at once, or when the talk is over. A caller he was rung for waits on.
local function stop(name, agent, state, reason)
  if agent.state == 'on_call' then
    agent.after, agent.after_reason = state, reason
    return
  end
  if agent.state == 'reserved' then
    wait_on(agent.call, agent.token)
    cancel(agent.token, read(OFFERS, agent.token))
    tell(agent.call, 'missed', {agent = name, why = state})
    agent.call, agent.token = nil, nil
  else
    if agent.text then redis.call('ZREM', FREE, agent.text) end
    redis.call('ZREM', REST, name)
  end
  if agent.state ~= state then turn_to(agent, state) end
  agent.reason = reason
end

-- A place is given up; what was waited is kept. An agent whose phone rings for it is free as before; one who talks
-- is free when the talk is told to be finished. `at` is when it happened, where that is not now.
local function give_up(call, place, why, at)
  if place.state == 'waiting' or place.state == 'reserved' then
    place.waited = math.max(0, (at or now) - place.since)
    redis.call('ZREM', IN_LINE, in_line_text(call, place))
    end_waiting(call, place)
  end
  if place.state == 'reserved' then
    local agent = read(AGENTS, place.agent)
    if agent and agent.token == place.token then
      release(place.agent, agent, 0, true)
      write(AGENTS, place.agent, agent)
    end
    cancel(place.token, read(OFFERS, place.token))
  end
  place.state, place.why, place.token, place.agent = 'gone', why, nil, nil
  redis.call('HDEL', CONTEXT, call)
  redis.call('ZADD', HEARD, now + GONE_LIFE_S, call)
  write(PLACES, call, place)
end

-- A talk is over. The caller's place is gone unless the caller took another one meanwhile.
local function talk_over(token, offer, wrap_up_s)
  local place, agent = read(PLACES, offer.call), read(AGENTS, offer.agent)
  if place and place.state == 'connected' and place.token == token then give_up(offer.call, place, 'served') end
  if agent and agent.token == token then
    release(offer.agent, agent, wrap_up_s, false)
    if agent.state == 'ready' and wrap_up_s > 0 then turn_to(agent, 'wrap_up') end
    write(AGENTS, offer.agent, agent)
  end
  redis.call('ZREM', DUE, token)
  redis.call('ZREM', CANCELLED, token)
  redis.call('HDEL', OFFERS, token)
end

-- An offer without success: the caller waits on, the agent rests; `missed` counts against him.
local function offer_missed(token, offer, why, missed, rest_s, most)
  redis.call('ZREM', DUE, token)
  wait_on(offer.call, token)
  local agent = read(AGENTS, offer.agent)
  if agent and agent.token == token then
    if missed then agent.misses = agent.misses + 1 end
    local out = agent.misses >= most and not agent.after
    if out then agent.after = 'missing' end
    release(offer.agent, agent, rest_s, false)
    write(AGENTS, offer.agent, agent)
  end
  tell(offer.call, 'missed', {agent = offer.agent, why = why})
end

-- What an offer looks like outside, as a flat list.
local function offer_out(token, offer)
  return {token, offer.call, offer.agent, offer.phone, offer.queue, exact(offer.since), exact(offer.at),
    exact(offer.deadline), offer.times, offer.leg or '', redis.call('HGET', CONTEXT, offer.call) or '{}'}
end

-- The same of an offer that was taken: {connected at, seconds waited, offer}.
local function talk_out(token, offer)
  return {exact(offer.taken), exact(offer.waited), offer_out(token, offer)}
end
