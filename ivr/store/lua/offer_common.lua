-- What scripts share about offers and the end of places; put behind agent_common.lua.

local RECHECK_S = 5

-- An agent's leg has nobody to talk to, and is to be ended at the carrier.
local function end_leg(token) redis.call('ZADD', CANCELLED, now, token) end

-- An offer that stands no more while the agent's phone may still ring.
local function cancel(token, offer)
  offer.state = 'cancelled'
  write_offer(token, offer)
  redis.call('ZREM', DUE, token)
  end_leg(token)
end

-- A cancelled offer is forgotten with its leg; a talk lives until it is finished.
local function drop_cancelled(token)
  local offer = read_offer(token)
  if offer and offer.state == 'cancelled' then drop_offer(token) end
end

-- When more agents may be rung for a caller, or a callback is offered again.
local function set_timer(call, place)
  local soonest = place.wake
  for _, step in ipairs(place.steps or {}) do soonest = math.min(soonest or step.at, step.at) end
  if soonest then redis.call('ZADD', WIDENS, soonest, call) else redis.call('ZREM', WIDENS, call) end
end

local function may_have(place, text)
  for _, known in ipairs(place.files) do
    if known == text then return true end
  end
  return false
end

-- More agents may be rung for a caller whose time for it has come. `place` is to be written afterwards.
local function widen(call, place)
  local left = {}
  if place.wake and place.wake <= now then
    place.wake, place.ready = nil, true
    if place.state == 'waiting' then set_waiting(call, place) end
  end
  for _, step in ipairs(place.steps or {}) do
    local open = step.at <= now
    if open and step.only_if ~= '' and anybody(step.only_if == 'all_busy' and FREE or PRESENT, place.main) then
      open, step.at = false, now + RECHECK_S
    end
    if may_have(place, step.text) then
      open = true  -- by a step that held sooner
    elseif open then
      place.whys = place.whys or {}
      place.files[#place.files + 1], place.whys[#place.whys + 1] = step.text, step.why
      if place.ready and place.state == 'waiting' then join_file(call, place, #place.files) end
    end
    if not open then left[#left + 1] = step end
  end
  place.steps = left[1] and left or nil
  set_timer(call, place)
end

-- The caller of an offer is back at the very same place. Preferred agents have had their chance: the next ones too.
local function wait_on(call, token, refused)
  local place = read_place(call)
  if place and place.state == 'reserved' and place.token == token then
    place.state, place.token, place.agent = 'waiting', nil, nil
    local first = place.steps and place.steps[1]
    set_waiting(call, place)
    if refused and first and first.only_if == '' and first.why ~= 'overflow' then
      first.at = math.min(first.at, now)
      widen(call, place)
    end
    write_place(call, place)
  end
end

-- An agent is to be rung no more: at once, or when the talk is over. A caller he was rung for waits on.
local function stop(name, agent, state, reason)
  if agent.state == 'on_call' then
    agent.after, agent.after_reason = state, reason
    return
  end
  if agent.state == 'reserved' then
    wait_on(agent.call, agent.token, true)
    cancel(agent.token, read_offer(agent.token))
    tell(agent.call, 'missed', {agent = name, why = state})
    agent.call, agent.token = nil, nil
  else
    leave_free(name, agent)
    redis.call('ZREM', REST, name)
  end
  if agent.state ~= state then turn_to(name, agent, state) end
  agent.reason = reason
end

-- The place is no more; it is remembered for a while.
local function end_place(call, place, why)
  if place.number and redis.call('HGET', NUMBERS, place.number) == call then redis.call('HDEL', NUMBERS, place.number) end
  place.state, place.why, place.token, place.agent, place.wake = 'gone', why, nil, nil, nil
  drop_context(call)
  redis.call('ZADD', HEARD, now + GONE_LIFE_S, call)
  write_place(call, place)
end

-- A place is given up; what was waited is kept. An agent whose phone rings for it is free as before; one who talks
-- is free when the talk is told to be finished. `at` is when it happened, where that is not now.
local function give_up(call, place, why, at)
  if place.state == 'waiting' or place.state == 'reserved' then
    place.waited = math.max(0, (at or now) - place.since)
    redis.call('ZREM', IN_LINE, in_line_text(call, place))
    end_waiting(call, place)
    if place.steps or place.wake then redis.call('ZREM', WIDENS, call) end
  end
  if place.state == 'reserved' then
    local agent = read_agent(place.agent)
    if agent and agent.token == place.token then
      release(place.agent, agent, 0, true)
      write_agent(place.agent, agent)
    end
    cancel(place.token, read_offer(place.token))
  end
  end_place(call, place, why)
end

-- A talk is over. The caller's place is gone unless the caller took another one meanwhile.
local function talk_over(token, offer, wrap_up_s)
  local place, agent = read_place(offer.call), read_agent(offer.agent)
  if place and place.state == 'connected' and place.token == token then
    end_place(offer.call, place, 'served')
  else
    redis.call('ZREM', CANCELLED, token)  -- who gave the place up had the agent's leg ended
  end
  if agent and agent.token == token then
    release(offer.agent, agent, wrap_up_s, false)
    if agent.state == 'ready' and wrap_up_s > 0 then turn_to(offer.agent, agent, 'wrap_up') end
    write_agent(offer.agent, agent)
  end
  redis.call('ZREM', DUE, token)
  drop_offer(token)
end

-- An offer without success: the caller waits on, the agent rests; `missed` counts against him.
local function offer_missed(token, offer, why, missed, rest_s, most)
  redis.call('ZREM', DUE, token)
  wait_on(offer.call, token, true)
  local agent = read_agent(offer.agent)
  if agent and agent.token == token then
    if missed then agent.misses = agent.misses + 1 end
    local out = agent.misses >= (policies().out[offer.queue] or most) and not agent.after
    if out then agent.after = 'not_answering' end
    release(offer.agent, agent, rest_s, false)
    write_agent(offer.agent, agent)
  end
  tell(offer.call, 'missed', {agent = offer.agent, why = why})
end

-- What an offer looks like outside: the fields of `Offer` in offer.py.
local function offer_out(token, offer)
  return answer_of(14, token, offer.call, offer.agent, offer.phone, offer.queue, offer.since, offer.at, offer.deadline,
    offer.times, offer.leg or '', read_context(offer.call), offer.number or '', offer.taken or 0, offer.waited or 0)
end
