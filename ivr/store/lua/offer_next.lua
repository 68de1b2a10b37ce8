-- Reserve callers for agents who are free: one pair after another, as often as one fits.
-- ARGV[2] how the tokens begin that the offers get; asked with it again, the same offers are told
-- ARGV[3] seconds they may stand before a phone rings     ARGV[4] how many at most
-- Returns a list of what offer_out tells.
local stands_s, tokens, fields = tonumber(ARGV[3]), {}, {'=clock', '=policy'}
for n = 1, tonumber(ARGV[4]) do
  tokens[n] = ARGV[2] .. string.format('%02x', n)
  fields[n + 2] = 'o' .. tokens[n]
end
look(unpack(fields))

wake_agents()
local out = {}
for _, token in ipairs(tokens) do
  local offer = read_offer(token) or reserve(token, stands_s)
  if not offer then break end
  if offer.state == 'ringing' then out[#out + 1] = offer_out(token, offer) end
end
return out
