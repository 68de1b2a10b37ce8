-- The talk that an offer led to is over.
-- ARGV[2] token     ARGV[3] wrap-up in seconds
-- Returns {call, agent, seconds talked}, or nil when there is no such talk (any more).
local token = ARGV[2]
local offer = read(OFFERS, token)
if not offer or offer.state ~= 'taken' then return false end
talk_over(token, offer, tonumber(ARGV[3]))

-- How long an agent is busy with a call of this queue: an average that forgets.
local busy, count, pace = math.max(0, now - offer.taken) + tonumber(ARGV[3]), 'talks ' .. offer.queue, 'pace ' .. offer.queue
local talks, mean = unpack(redis.call('HMGET', CLOCK, count, pace))
talks, mean = tonumber(talks or '0') + 1, tonumber(mean or '0')
redis.call('HSET', CLOCK, count, talks, pace, exact(mean + (busy - mean) / math.min(talks, 50)))
return {offer.call, offer.agent, exact(math.max(0, now - offer.taken))}
