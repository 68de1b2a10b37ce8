-- The agent takes the call. Connects once; the same token again gets the same answer.
-- ARGV[2] token
-- Returns what talk_out tells, or nil when the offer does not stand any more.
local token = ARGV[2]
local offer = read(OFFERS, token)
if not offer or offer.state == 'cancelled' then return false end
if offer.state == 'taken' then return talk_out(token, offer) end

local place, agent = read(PLACES, offer.call), read(AGENTS, offer.agent)
redis.call('ZADD', DUE, now + TALK_LIFE_S, token)
redis.call('ZREM', IN_LINE, in_line_text(offer.call, place))
redis.call('ZREM', HEARD, offer.call)
if place.steps or place.wake then
  place.steps, place.wake = nil, nil
  redis.call('ZREM', WIDENS, offer.call)
end
place.state, place.waited = 'connected', math.max(0, now - place.since)
write(PLACES, offer.call, place)

turn_to(offer.agent, agent, 'on_call')
agent.misses, agent.calls, agent.load = 0, agent.calls + 1, agent.load + 1
write(AGENTS, offer.agent, agent)

offer.state, offer.taken, offer.waited = 'taken', now, place.waited
write(OFFERS, token, offer)
return talk_out(token, offer)
