-- Keeps one thing of a caller; put behind memos.lua.
-- KEYS[1] what it is kept in
-- ARGV[1] the memo (MessagePack)
-- returns 1, or 0 where it changed nothing
return keep(KEYS[1], ARGV[1])
