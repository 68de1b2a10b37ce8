-- All callbacks that stand in line or are under way.
-- Returns a list of what callback_out tells.
local out = {}
for _, name in ipairs(redis.call('HVALS', NUMBERS)) do
  local place = read_callback(name)
  if place then out[#out + 1] = callback_out(name, place) end
end
return out
