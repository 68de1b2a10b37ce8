-- Reserve the first caller in order for whom an able agent is free, and of these agents the one idle for longest.
-- Only the heads are compared: of the callers with equal needs, and of the agents with equal ability.
-- ARGV[2] token, which the offer gets; asked with it again, the same offer is told     ARGV[3] seconds it may stand
-- Returns what offer_out tells, or nil when nobody fits.
local token = ARGV[2]
local made = read(OFFERS, token)
if made then return made.state == 'ringing' and offer_out(token, made) end

wake_agents()
if redis.call('ZCARD', HEADS) == 0 or redis.call('ZCARD', FREE) == 0 then return false end

local function names(text)
  local set = {}
  for name in string.gmatch(text, '[^+]+') do set[name] = true end
  return set
end

-- Of the agents with equal ability, the one idle for longest.
local teams, from = {}, '-'
while true do
  local text = redis.call('ZRANGEBYLEX', FREE, from, '+', 'LIMIT', 0, 1)[1]
  if not text then break end
  local able, order, name = string.match(text, '^(%S+) (%S+) (.*)$')
  local queues, languages, skills = string.match(able, '^([^/]*)/([^/]*)/(.*)$')
  teams[#teams + 1] = {name = name, order = order, queues = names(queues), skills = names(skills),
    languages = languages ~= '' and names(languages) or nil}
  from = '(' .. able .. '!'
end

local function longest_idle(needs)
  local queue, language, skills = string.match(needs, '^([^/]*)/([^/]*)/(.*)$')
  local best
  for _, team in ipairs(teams) do
    local able = team.queues[queue] and (language == '' or not team.languages or team.languages[language])
    if able and (not best or team.order < best.order) then
      for skill in string.gmatch(skills, '[^+]+') do able = able and team.skills[skill] end
      if able then best = team end
    end
  end
  return best and best.name
end

local function reserve(call, name)
  local place, agent = read(PLACES, call), read(AGENTS, name)
  end_waiting(call, place)
  place.state, place.token, place.agent, place.times = 'reserved', token, name, place.times + 1
  write(PLACES, call, place)

  redis.call('ZREM', FREE, agent.text)
  turn_to(agent, 'reserved')
  agent.call, agent.token = call, token
  write(AGENTS, name, agent)

  local offer = {call = call, agent = name, phone = agent.phone, queue = place.queue, since = place.since,
    at = now, deadline = now + tonumber(ARGV[3]), times = place.times, state = 'ringing'}
  write(OFFERS, token, offer)
  redis.call('ZADD', DUE, offer.deadline, token)
  tell(call, 'offered', {agent = name, queue = place.queue, times = place.times})
  return offer_out(token, offer)
end

-- Of the callers with equal needs, the first; the first of these for whom somebody is free.
local first, some = 0, 8
while true do
  local heads = redis.call('ZRANGE', HEADS, first, first + some - 1)
  for _, text in ipairs(heads) do
    local needs, call = string.match(text, '^%S+ (%S+) (.*)$')
    local name = longest_idle(needs)
    if name then return reserve(call, name) end
  end
  if #heads < some then return false end
  first, some = first + some, 64
end
