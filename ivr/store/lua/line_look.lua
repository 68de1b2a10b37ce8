-- Who stands in a queue, first to last.
-- ARGV[2] queue     ARGV[3] how many at most
-- Returns {call, state, since, times offered, 0 when urgent, ...}
local queue, out = ARGV[2], {}
local texts = redis.call('ZRANGEBYLEX', IN_LINE, '[' .. queue .. ' ', '(' .. queue .. '!', 'LIMIT', 0, ARGV[3])
for _, text in ipairs(texts) do
  local call = string.match(text, '^%S+ %S+ (.*)$')
  local place = read(PLACES, call)
  for _, value in ipairs({call, place.state, exact(place.since), place.times, string.sub(place.order, 1, 1)}) do
    out[#out + 1] = value
  end
end
return out
