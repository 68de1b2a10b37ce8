-- How much a queue has to do.
-- ARGV[2] queue
-- Returns {callers in line, agents free for it, agents at work for it, talks, seconds a talk takes}.
return {size(ARGV[2]), team_now(ARGV[2])}
