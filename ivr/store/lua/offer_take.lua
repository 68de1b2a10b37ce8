-- The agent takes the call. Connects once; the same token again gets the same answer.
-- ARGV[2] token
-- Returns what offer_out tells, or nil when the offer does not stand any more.
local token = ARGV[2]
local offer = read_offer(token)
if not offer or offer.state == 'cancelled' then return false end
if offer.state == 'taken' then return offer_out(token, offer) end

local call, name = offer.call, offer.agent
look('p' .. call, 'a' .. name, 'x' .. call)
local place, agent = read_place(call), read_agent(name)
redis.call('ZADD', DUE, now + TALK_LIFE_S, token)
redis.call('ZREM', IN_LINE, in_line_text(call, place))
if place.steps or place.wake then
  place.steps, place.wake = nil, nil
  redis.call('ZREM', WIDENS, call)
end
place.state, place.waited = 'connected', math.max(0, now - place.since)
write_place(call, place)

turn_to(name, agent, 'on_call')
agent.misses, agent.calls, agent.load = 0, agent.calls + 1, agent.load + 1
write_agent(name, agent)

offer.state, offer.taken, offer.waited = 'taken', now, place.waited
write_offer(token, offer)
return offer_out(token, offer)
