-- Gives a lease back, if it is still one's own.
-- KEYS[1] lease: string, its holder
-- ARGV[1] who gives it back
-- returns 1, or 0 when somebody else holds it
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
