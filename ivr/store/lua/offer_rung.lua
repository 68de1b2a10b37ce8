-- The agent's phone rings: remember the leg, and count the deadline from now.
-- ARGV[2] token     ARGV[3] leg     ARGV[4] seconds the offer may stand from now
-- Returns 1, or nil when the offer does not stand any more; its leg then is among the cancels.
local token = ARGV[2]
local offer = read_offer(token)
if not offer then return false end
offer.leg = ARGV[3]
local stands = offer.state == 'ringing'
if stands then
  offer.deadline = now + tonumber(ARGV[4])
  redis.call('ZADD', DUE, offer.deadline, token)
end
write_offer(token, offer)
return offer.state ~= 'cancelled' and 1 or false
