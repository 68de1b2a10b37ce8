-- Reserve the first caller in order for whom an able agent is free, and of these agents the one the queue's way of
-- assigning picks. Only the heads are compared: of the callers with equal needs, and of the agents with equal ability.
-- ARGV[2] token, which the offer gets; asked with it again, the same offer is told     ARGV[3] seconds it may stand
-- Returns what offer_out tells, or nil when nobody fits.
local token = ARGV[2]
look('o' .. token, '=clock', '=policy')
local made = read_offer(token)
if made then return made.state == 'ringing' and offer_out(token, made) end

wake_agents()
local CHUNK, MORE, MOST_RIVALS = 4, 64, 100
local heads = redis.call('ZRANGE', HEADS, 0, CHUNK - 1)
if not heads[1] then return false end
local teams, few, all_free = teams_in(FREE)
if not teams[1] then return false end

local policy, clock = policies(), line_clock()
local at = micros(line_time(clock))
if all_free then
  -- So few are free that all of them are known already.
  for _, team in ipairs(teams) do team[FREE] = {} end
  local n = 1
  for _, text in ipairs(few) do
    local able = string.match(text, '^%S+')
    if able ~= teams[n].text then n = n + 1 end
    local members = teams[n][FREE]
    members[#members + 1] = text
  end
end

-- Free agents of a queue that reserves some.
local counted = {}
local function free_in(queue)
  if not counted[queue] then
    counted[queue] = 0
    for _, team in ipairs(teams) do
      if team.queues[queue] then counted[queue] = counted[queue] + (all_free and #team[FREE] or team_size(FREE, team)) end
    end
  end
  return counted[queue]
end

local function has_seat(able, needs)
  for queue, kept in pairs(policy.seats) do
    if able.queues[queue] and not needs.seats[queue] and free_in(queue) <= kept then return false end
  end
  return true
end

local function fit(able, needs)
  local sum = 0
  for skill in pairs(needs.skills) do sum = sum + (able.skills[skill] or 0) end
  return 100 * sum + (able.skills.grade or 0)
end

-- The best two agents for such a caller, each {rank, name, able}; the smaller rank is the better one.
local function best_two(needs)
  local assign, best, second = policy.assign[needs.queue] or 'longest_idle', nil, nil
  local function consider(rank, name, able)
    if not best or rank < best.rank then
      best, second = {rank = rank, name = name, able = able}, best
    elseif not second or rank < second.rank then
      second = {rank = rank, name = name, able = able}
    end
  end

  if needs.agent ~= '' then
    local agent = not needs.never[needs.agent] and read_agent(needs.agent)
    if agent and agent.state == 'ready' and agent.order and redis.call('ZSCORE', FREE, free_text(needs.agent, agent)) then
      local able = parse_able(agent.able)
      if serves(able, needs) and has_seat(able, needs) then consider('', needs.agent, able) end
    end
    return best, second, assign
  end

  local key, skipped = assign == 'even_load' and BY_LOAD or FREE, 0
  for _ in pairs(needs.never) do skipped = skipped + 1 end
  for _, team in ipairs(teams) do
    if serves(team, needs) and has_seat(team, needs) then
      local members = (skipped == 0 or all_free and key == FREE) and team[key]
      if not members then
        members = redis.call('ZRANGEBYLEX', key, '[' .. team.text .. ' ', '(' .. team.text .. '!', 'LIMIT', 0, 2 + skipped)
        if skipped == 0 then team[key] = members end
      end
      local taken, prefix = 0, ''
      if assign == 'ability' then prefix = string.format('%06d', 999999 - fit(team, needs)) end
      for _, text in ipairs(members) do
        local order, name = string.match(text, '^%S+ (%S+) (.*)$')
        if not needs.never[name] and taken < 2 then
          consider(prefix .. order, name, team)
          taken = taken + 1
        end
      end
    end
  end
  return best, second, assign
end

local function parse_head(text)
  local lane, order, needs, call = string.match(text, '^(%S+) (%S+) (%S+) (.*)$')
  return {text = text, class = string.sub(lane, 1, 1), points = points(lane, order, at), arrival = string.sub(order, 17),
    lane = lane, order = order, needs = needs, call = call}
end

local function stands_before(one, other)
  if one.class ~= other.class then return one.class < other.class end
  if one.points ~= other.points then return one.points > other.points end
  return one.arrival < other.arrival
end

-- The heads in order, one after another, where waiting counts at one rate: as they stand.
local function as_they_stand()
  local chunk, n, asked = heads, 0, CHUNK
  return function()
    if n == #chunk then
      if n < asked then return nil end
      chunk, n, asked = redis.call('ZRANGEBYLEX', HEADS, '(' .. chunk[n], '+', 'LIMIT', 0, MORE), 0, MORE
    end
    n = n + 1
    return chunk[n] and parse_head(chunk[n])
  end
end

-- The same at several rates: of each lane the next one, urgent lanes first, else who has the most points.
local function by_points()
  local lanes = {}
  for _, lane in ipairs(lanes_in(HEADS, '')) do
    lanes[#lanes + 1] = {class = string.sub(lane, 1, 1), from = '[' .. lane .. ' ', to = '(' .. lane .. '!', n = 0, some = CHUNK}
  end
  local function peek(lane)
    if not lane.head and not lane.over then
      if not lane.chunk or lane.n == #lane.chunk then
        lane.chunk, lane.n = redis.call('ZRANGEBYLEX', HEADS, lane.from, lane.to, 'LIMIT', 0, lane.some), 0
        lane.some = MORE
        if #lane.chunk > 0 then lane.from = '(' .. lane.chunk[#lane.chunk] end
      end
      lane.n = lane.n + 1
      local text = lane.chunk[lane.n]
      if text then lane.head = parse_head(text) else lane.over = true end
    end
    return lane.head
  end
  return function()
    local first
    for _, lane in ipairs(lanes) do
      local head = peek(lane)
      if head and (not first or stands_before(head, first.head)) then first = lane end
    end
    if not first then return nil end
    local head = first.head
    first.head = nil
    return head
  end
end

local next_head = clock.rate == 'mixed' and by_points() or as_they_stand()

-- Who stands behind a head in the same file.
local function follower(head)
  local file = head.needs .. ' ' .. head.lane
  local text = redis.call('ZRANGEBYLEX', WAITING, '(' .. file .. ' ' .. head.order .. ' ' .. head.call, '(' .. file .. '!',
    'LIMIT', 0, 1)[1]
  if not text then return nil end
  local order, call = string.match(text, '^%S+ %S+ (%S+) (.*)$')
  return parse_head(head.lane .. ' ' .. order .. ' ' .. head.needs .. ' ' .. call)
end

local function could_have(agent, text)
  local needs = parse_needs(text)
  return serves(agent.able, needs) and not needs.never[agent.name] and (needs.agent == '' or needs.agent == agent.name)
    and has_seat(agent.able, needs)
end

-- Whom the agent would have had else: `rival`, who stands behind the caller, or of the next callers the first whom he
-- could have. The caller himself may be the head of other files too.
local function rival_of(head, agent, rival)
  for _ = 1, MOST_RIVALS do
    local other = next_head()
    if not other or (rival and stands_before(rival, other)) then return rival end
    if could_have(agent, other.needs) then
      if other.call ~= head.call then return other end
      local behind = follower(other)
      if behind and (not rival or stands_before(behind, rival)) then rival = behind end
    end
  end
  return rival
end

local function rounded(number) return math.floor(number * 1000 + 0.5) / 1000 end

local function reserve(head, best, second, assign)
  local call, name, needs, behind = head.call, best.name, parse_needs(head.needs), follower(head)
  local rival, n = rival_of(head, best, behind), tonumber(string.sub(head.order, 27)) + 1
  look('p' .. call, 'a' .. name, 'x' .. call)
  local place, agent = read_place(call), read_agent(name)
  end_waiting(call, place, n, behind and behind.text)
  place.state, place.token, place.agent, place.times = 'reserved', token, name, place.times + 1
  write_place(call, place)

  leave_free(name, agent)
  turn_to(name, agent, 'reserved')
  agent.call, agent.token = call, token
  write_agent(name, agent)

  local reasons = cjson.encode({waited_s = rounded(math.max(0, now - place.since)), rate = lane_rate(place.lane),
    head_start_s = rounded(place.head or 0), terms = place.terms, urgent = head.class == '0', class = place.class,
    group = place.whys and place.whys[n] or 'queue', assign = assign,
    idle_s = rounded(math.max(0, now - agent.idle_since)), load = agent.load, fit = fit(best.able, needs),
    next_call = rival and rival.call, next_score_s = rival and rounded(rival.points / 1e6),
    next_agent = second and second.name})
  local offer = {call = call, agent = name, phone = agent.phone, queue = place.queue, since = place.since,
    at = now, deadline = now + tonumber(ARGV[3]), times = place.times, state = 'ringing', why = reasons,
    number = place.number}
  write_offer(token, offer)
  redis.call('ZADD', DUE, offer.deadline, token)
  tell(call, 'offered', {agent = name, queue = place.queue, times = place.times}, '"why":' .. reasons)
  return offer_out(token, offer)
end

while true do
  local head = next_head()
  if not head then return false end
  local best, second, assign = best_two(parse_needs(head.needs))
  if best then return reserve(head, best, second, assign) end
end
