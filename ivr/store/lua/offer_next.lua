-- Reserve the first caller in order for whom an able agent is free, and of these agents the one idle for longest.
-- Only the heads are compared: of the callers with equal needs, and of the agents with equal ability.
-- ARGV[2] token, which the offer gets; asked with it again, the same offer is told     ARGV[3] seconds it may stand
-- Returns what offer_out tells, or nil when nobody fits.
local token = ARGV[2]
local made = read(OFFERS, token)
if made then return made.state == 'ringing' and offer_out(token, made) end

wake_agents()

local function names(text)
  local set = {}
  for name in string.gmatch(text, '[^+]+') do set[name] = true end
  return set
end

local teams, from = {}, '-'
while true do
  local head = redis.call('ZRANGEBYLEX', FREE, from, '+', 'LIMIT', 0, 1)[1]
  if not head then break end
  local able, order, name = string.match(head, '^(%S+) (%S+) (.*)$')
  local queues, languages, skills = string.match(able, '^([^/]*)/([^/]*)/(.*)$')
  teams[#teams + 1] = {name = name, order = order, queues = names(queues), skills = names(skills),
    languages = languages ~= '' and names(languages) or nil}
  from = '(' .. able .. '!'
end
if #teams == 0 then return false end

local files = {}
from = '-'
while true do
  local head = redis.call('ZRANGEBYLEX', WAITING, from, '+', 'LIMIT', 0, 1)[1]
  if not head then break end
  local needs, order, call = string.match(head, '^(%S+) (%S+) (.*)$')
  files[#files + 1] = {needs = needs, order = order, call = call}
  from = '(' .. needs .. '!'
end
table.sort(files, function(one, two) return one.order < two.order end)

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

for _, file in ipairs(files) do
  local name = longest_idle(file.needs)
  if name then
    local place, agent = read(PLACES, file.call), read(AGENTS, name)
    place.state, place.token, place.agent, place.times = 'reserved', token, name, place.times + 1
    write(PLACES, file.call, place)
    redis.call('ZREM', WAITING, waiting_text(file.call, place))

    turn_to(agent, 'reserved')
    agent.call, agent.token = file.call, token
    write(AGENTS, name, agent)
    redis.call('ZREM', FREE, agent.text)

    local offer = {call = file.call, agent = name, phone = agent.phone, queue = place.queue, since = place.since,
      at = now, deadline = now + tonumber(ARGV[3]), times = place.times, state = 'ringing'}
    write(OFFERS, token, offer)
    redis.call('ZADD', DUE, offer.deadline, token)
    tell(file.call, 'offered', {agent = name, queue = place.queue, times = place.times})
    return offer_out(token, offer)
  end
end
return false
