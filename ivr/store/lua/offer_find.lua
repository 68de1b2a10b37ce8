-- An offer that stands: the phone rings, or the talk is on.
-- ARGV[2] token, or empty for whatever stands for an agent     ARGV[3] that agent
-- Returns what offer_out tells, or nil.
local token = ARGV[2]
if token == '' then
  local agent = read_agent(ARGV[3])
  token = agent and agent.token
end
local offer = token and read_offer(token)
if not offer or offer.state == 'cancelled' then return false end
return offer_out(token, offer)
