-- How a talk ended, told by whoever was in it: the first word stands, in all calls that the talk is of.
-- KEYS[1] events: stream   KEYS[2…] closing of each call: string
-- ARGV[1] the entry that tells of it (JSON); empty: only what was told before   ARGV[2] it lives for, s   ARGV[3…] calls
-- returns the entry that stands, or what was given where none does
local stands = ARGV[1]
for n = 2, #KEYS do
  local told = redis.call('GET', KEYS[n])
  if told then stands = told break end
end
if stands == '' then return stands end
for n = 2, #KEYS do
  if redis.call('SET', KEYS[n], stands, 'EX', ARGV[2], 'NX') then
    redis.call('XADD', KEYS[1], '*', 'call', ARGV[n + 1], 'entry', stands)
  end
end
return stands
