-- Who stands in a queue, first to last.
-- ARGV[2] queue     ARGV[3] how many at most
-- Returns {call, state, since, times offered, 0 when urgent, number to call back or empty, ...}
local queue, most, out, found = ARGV[2], tonumber(ARGV[3]), {}, {}
local lanes, at = lanes_in(IN_LINE, queue .. ' '), micros(line_time(line_clock()))
for _, lane in ipairs(lanes) do
  local start = queue .. ' ' .. lane
  for _, text in ipairs(redis.call('ZRANGEBYLEX', IN_LINE, '[' .. start .. ' ', '(' .. start .. '!', 'LIMIT', 0, most)) do
    local order, call = string.match(text, '^%S+ %S+ (%S+) (.*)$')
    found[#found + 1] = {call = call, urgent = string.sub(lane, 1, 1), points = points(lane, order, at),
      arrival = string.sub(order, 17)}
  end
end
if #lanes > 1 then
  table.sort(found, function(one, other)
    if one.urgent ~= other.urgent then return one.urgent < other.urgent end
    if one.points ~= other.points then return one.points > other.points end
    return one.arrival < other.arrival
  end)
end
for n = 1, math.min(most, #found) do
  local place = read_place(found[n].call)
  for _, value in ipairs({found[n].call, place.state, exact(place.since), place.times, found[n].urgent, place.number or ''}) do
    out[#out + 1] = value
  end
end
return out
