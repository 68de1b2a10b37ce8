-- The talk that an offer led to is over.
-- ARGV[2] token     ARGV[3] wrap-up in seconds     ARGV[4] what the agent is kept at least, in seconds
-- Returns {call, agent, seconds talked}, or nil when there is no such talk (any more).
local token, wrap_up_s = ARGV[2], tonumber(ARGV[3])
local offer = read_offer(token)
if not offer or offer.state ~= 'taken' then return false end
local queue = offer.queue
look('p' .. offer.call, 'a' .. offer.agent, '=clock', '=pace ' .. queue)
talk_over(token, offer, math.max(wrap_up_s, tonumber(ARGV[4])))

-- How long an agent is busy with a call of this queue: an average that forgets.
local talked_s = math.max(0, now - offer.taken)
local pace = read_pace(queue) or {talks = 0, busy = 0}
pace.talks = pace.talks + 1
pace.busy = pace.busy + (talked_s + wrap_up_s - pace.busy) / math.min(pace.talks, 50)
write_pace(queue, pace)
return {offer.call, offer.agent, exact(talked_s)}
