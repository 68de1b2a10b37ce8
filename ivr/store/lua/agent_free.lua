-- An agent in wrap-up has nothing more to do than the wrap-up itself; longer ones end sooner, none is made longer.
-- ARGV[2] agent     ARGV[3] wrap-up in seconds, from its beginning
-- Returns nothing.
local name, wrap_up_s = ARGV[2], tonumber(ARGV[3])
local agent = read_agent(name)
if not agent or agent.state ~= 'wrap_up' then return end
local ends, soonest = tonumber(redis.call('ZSCORE', REST, name) or 0), agent.since + wrap_up_s
if soonest <= now then
  wake_agent(name)
elseif soonest < ends then
  redis.call('ZADD', REST, soonest, name)
end
