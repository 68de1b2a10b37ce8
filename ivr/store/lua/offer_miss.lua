-- The agent did not take the call: the caller is back at the very same place, the agent rests.
-- ARGV[2] token     ARGV[3] why     ARGV[4] 1 when it counts against the agent     ARGV[5] rest in seconds
-- ARGV[6] misses in a row after which an agent is taken out
-- Returns {call, agent, state of the agent, misses}, or nil when the offer does not stand any more.
local token = ARGV[2]
local offer = read_offer(token)
if not offer or offer.state ~= 'ringing' then return false end
offer_missed(token, offer, ARGV[3], ARGV[4] == '1', tonumber(ARGV[5]), tonumber(ARGV[6]))
drop_offer(token)
local agent = read_agent(offer.agent)
return {offer.call, offer.agent, agent.state, agent.misses}
