-- The caller has pressed the key: somebody is on the line. Happens once, for one leg.
-- ARGV[2] name     ARGV[3] leg
-- Returns what callback_out tells, or nil for another leg, or when the callback is over.
local name, leg = ARGV[2], ARGV[3]
local place = read_callback(name)
if not place or place.state == 'gone' or place.leg ~= leg then return false end
if not place.confirmed then
  place.confirmed = true
  write_place(name, place)
  tell(name, 'dialled', {number = place.number, status = 'confirmed', tries = place.tries})
end
return callback_out(name, place)
