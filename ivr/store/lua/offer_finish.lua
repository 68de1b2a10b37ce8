-- The talk that an offer led to is over.
-- ARGV[2] token     ARGV[3] wrap-up in seconds
-- Returns {call, agent, seconds talked}, or nil when there is no such talk (any more).
local token = ARGV[2]
local offer = read(OFFERS, token)
if not offer or offer.state ~= 'taken' then return false end
talk_over(token, offer, tonumber(ARGV[3]))
return {offer.call, offer.agent, exact(math.max(0, now - offer.taken))}
