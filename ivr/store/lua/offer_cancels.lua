-- The legs that are to be ended at the carrier. One whose name is not known yet comes up when offer_rung tells it.
-- Returns a list of what offer_out tells.
local out = {}
for _, token in ipairs(redis.call('ZRANGE', CANCELLED, 0, -1)) do
  local offer = read_offer(token)
  if offer and offer.leg then out[#out + 1] = offer_out(token, offer) end
end
return out
