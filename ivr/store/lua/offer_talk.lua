-- The talk a call has been given, should the news of it have been lost on the way.
-- ARGV[2] call
-- Returns what offer_out tells, or nil when the call is with no agent.
local place = read_place(ARGV[2])
local token = place and place.state == 'connected' and place.token
local offer = token and read_offer(token)
if not offer then return false end
return offer_out(token, offer)
