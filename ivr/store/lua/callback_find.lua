-- A callback, while it is remembered.
-- ARGV[2] its name
-- Returns what callback_out tells, or nil.
local place = read_callback(ARGV[2])
return place and callback_out(ARGV[2], place) or false
