-- What scripts share about agents; put behind line_common.lua.

local AT_WORK = {ready = true, reserved = true, on_call = true, wrap_up = true}

local function present_text(name, agent) return agent.able .. ' ' .. name end

local function turn_to(name, agent, state)
  if AT_WORK[state] and not AT_WORK[agent.state] then
    redis.call('ZADD', PRESENT, 0, present_text(name, agent))
  elseif AT_WORK[agent.state] and not AT_WORK[state] then
    redis.call('ZREM', PRESENT, present_text(name, agent))
  end
  agent.state, agent.since, agent.reason = state, now, nil
end

-- How an agent stands among the free: by when the rest began, and by calls first.
local function free_text(name, agent) return agent.able .. ' ' .. agent.order .. ' ' .. name end
local function load_text(name, agent)
  return agent.able .. ' ' .. arrival_digits(agent.load) .. agent.order .. ' ' .. name
end

local function join_free(name, agent)
  redis.call('ZADD', FREE, 0, free_text(name, agent))
  if agent.counted then redis.call('ZADD', BY_LOAD, 0, load_text(name, agent)) end
end

local function leave_free(name, agent)
  if not agent.order then return end
  redis.call('ZREM', FREE, free_text(name, agent))
  if agent.counted then redis.call('ZREM', BY_LOAD, load_text(name, agent)) end
end

-- An agent may be rung from now on; `agent.order` keeps the place among the free.
local function set_free(name, agent)
  local at, number = arrival()
  agent.idle_since = at
  agent.order = sortable(at) .. arrival_digits(number)
  join_free(name, agent)
end

-- An agent is out of an offer or a talk: on with what was ordered meanwhile, else ready.
-- `rest_s` is a breath before the next ring; `as_before` gives back the old place among the free.
local function release(name, agent, rest_s, as_before)
  agent.call, agent.token = nil, nil
  turn_to(name, agent, agent.after or 'ready')
  agent.reason, agent.after, agent.after_reason = agent.after_reason, nil, nil
  if agent.state == 'ready' then
    if rest_s > 0 then
      redis.call('ZADD', REST, now + rest_s, name)
    elseif as_before then
      join_free(name, agent)
    else
      set_free(name, agent)
    end
  end
end

-- The rest or the wrap-up of an agent is over.
local function wake_agent(name)
  redis.call('ZREM', REST, name)
  local agent = read_agent(name)
  if agent then
    if agent.state ~= 'ready' then turn_to(name, agent, 'ready') end
    set_free(name, agent)
    write_agent(name, agent)
  end
end

local function wake_agents()
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', REST, '-inf', now)) do wake_agent(name) end
end

local function names(text)
  local set = {}
  for name in string.gmatch(text, '[^+]+') do set[name] = true end
  return set
end

local function levels(text)
  local had = {}
  for skill, level in string.gmatch(text, '([^+:]+):(%d+)') do had[skill] = tonumber(level) end
  return had
end

local parse_able = read_once(function(text)
  local queues, languages, skills = string.match(text, '^([^/]*)/([^/]*)/(.*)$')
  return {queues = names(queues), skills = levels(skills), languages = languages ~= '' and names(languages) or nil}
end)

local parse_needs = read_once(function(text)
  local queue, language, skills, seats, never, agent = string.match(text, '^([^/]*)/([^/]*)/([^/]*)/([^/]*)/([^/]*)/([^/]*)$')
  return {queue = queue, language = language, skills = levels(skills), seats = names(seats), never = names(never), agent = agent}
end)

local function serves(able, needs)
  if not able.queues[needs.queue] then return false end
  if needs.language ~= '' and able.languages and not able.languages[needs.language] then return false end
  for skill, level in pairs(needs.skills) do
    if (able.skills[skill] or 0) < level then return false end
  end
  return true
end

local function team_of(text)
  local able = parse_able(text)
  return {text = text, queues = able.queues, skills = able.skills, languages = able.languages}
end

-- Groups of agents with equal ability in FREE or PRESENT, each parsed, and the first texts of the set.
local function teams_in(key)
  local few = redis.call('ZRANGE', key, 0, 7)
  local teams, from, last = {}, '-', nil
  for _, text in ipairs(few) do
    local able = string.match(text, '^%S+')
    if able ~= last then
      teams[#teams + 1] = team_of(able)
      last, from = able, '(' .. able .. '!'
    end
  end
  if #few < 8 then return teams, few, true end
  while true do
    local text = redis.call('ZRANGEBYLEX', key, from, '+', 'LIMIT', 0, 1)[1]
    if not text then return teams, few, false end
    local able = string.match(text, '^%S+')
    teams[#teams + 1] = team_of(able)
    from = '(' .. able .. '!'
  end
end

local function team_size(key, team)
  return redis.call('ZLEXCOUNT', key, '[' .. team.text .. ' ', '(' .. team.text .. '!')
end

-- Is there anybody in FREE or PRESENT who could have such a caller?
local function anybody(key, text)
  local needs = parse_needs(text)
  if needs.agent ~= '' then
    local agent = not needs.never[needs.agent] and read_agent(needs.agent)
    return agent and AT_WORK[agent.state] and serves(parse_able(agent.able), needs) or false
  end
  for _, team in ipairs(teams_in(key)) do
    if serves(team, needs) then
      if not next(needs.never) then return true end
      for _, member in ipairs(redis.call('ZRANGEBYLEX', key, '[' .. team.text .. ' ', '(' .. team.text .. '!')) do
        if not needs.never[string.match(member, '(%S*)$')] then return true end
      end
    end
  end
  return false
end

-- How a queue's agents are doing: how many are free, how many at work, their talks so far, and what one takes.
local function team_now(queue)
  local function count(key)
    local sum = 0
    for _, team in ipairs(teams_in(key)) do
      if team.queues[queue] then sum = sum + team_size(key, team) end
    end
    return sum
  end
  local pace = read_pace(queue) or {talks = 0, busy = 0}
  return count(FREE), count(PRESENT), pace.talks, exact(pace.busy)
end

-- A place as it is told; where the wait is to be foretold, with how its queue's agents are doing.
local function placed(position, others, place, foretell)
  local out = {'placed', position, others, exact(place.since), place.queue}
  if foretell then out[6], out[7], out[8], out[9] = team_now(place.queue) end
  return out
end

local function policies() return read_policy('') or {assign = {}, seats = {}, open_to = {}, out = {}} end

-- The names of all agents, whose records are looked up together.
local function all_agents()
  local names = redis.call('SMEMBERS', AGENTS)
  for from = 1, #names, 1000 do
    local fields = {}
    for n = from, math.min(from + 999, #names) do fields[#fields + 1] = 'a' .. names[n] end
    look(unpack(fields))
  end
  return names
end

-- Calls of those at work who share a queue with this agent: the fewest, so that who comes late is not rung without end.
local function fewest_calls(able)
  local least
  for _, text in ipairs(redis.call('ZRANGE', PRESENT, 0, -1)) do
    local other, name = string.match(text, '^(%S+) (.*)$')
    for queue in pairs(parse_able(other).queues) do
      if able.queues[queue] then
        local agent = read_agent(name)
        least = math.min(least or agent.load, agent.load)
        break
      end
    end
  end
  return least or 0
end

-- What an agent looks like outside, as a flat list.
local function agent_out(name, agent)
  return {name, agent.state, exact(agent.since), exact(agent.idle_since or agent.since), agent.misses, agent.calls,
    agent.reason or '', agent.after or '', agent.call or '', agent.phone, agent.able, agent.load}
end
