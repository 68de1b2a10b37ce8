-- What choosing a caller and an agent needs; put behind offer_common.lua. A choice is {teams, policy, all_free}: groups
-- of equal free agents, each with the agents that were looked up; how queues choose; and whether those are all.

-- Is a seat left for such a caller, when such an agent is taken? Queues keep some for callers of their choice.
local function seat_left(choice, able, needs)
  local counted = choice.counted or {}
  choice.counted = counted
  for queue, kept in pairs(choice.policy.seats) do
    if able.queues[queue] and not needs.seats[queue] then
      if not counted[queue] then
        counted[queue] = 0
        for _, team in ipairs(choice.teams) do
          if team.queues[queue] then
            counted[queue] = counted[queue] + (choice.all_free and #team[FREE] or team_size(FREE, team))
          end
        end
      end
      if counted[queue] <= kept then return false end
    end
  end
  return true
end

local function suits(choice, able, needs)
  return serves(able, needs) and (not next(choice.policy.seats) or seat_left(choice, able, needs))
end

local function fit(able, needs)
  local sum = 0
  for skill in pairs(needs.skills) do sum = sum + (able.skills[skill] or 0) end
  return 100 * sum + (able.skills.grade or 0)
end

-- The one agent whom a caller is to have, {name, able}, when free.
local function best_named(choice, needs)
  local agent = not needs.never[needs.agent] and read_agent(needs.agent)
  if agent and agent.state == 'ready' and agent.order and redis.call('ZSCORE', FREE, free_text(needs.agent, agent)) then
    local able = parse_able(agent.able)
    if suits(choice, able, needs) then return {name = needs.agent, able = able} end
  end
end

-- The best two agents for such a caller, each {rank, name, able}; the smaller rank is the better one.
local function best_two(choice, needs, assign)
  if needs.agent ~= '' then return best_named(choice, needs) end
  local best, second
  local key, skipped = assign == 'even_load' and BY_LOAD or FREE, 0
  for _ in pairs(needs.never) do skipped = skipped + 1 end
  for _, team in ipairs(choice.teams) do
    if suits(choice, team, needs) then
      local members = (skipped == 0 or choice.all_free and key == FREE) and team[key]
      if not members then
        members = redis.call('ZRANGEBYLEX', key, '[' .. team.text .. ' ', '(' .. team.text .. '!', 'LIMIT', 0, 2 + skipped)
        if skipped == 0 then team[key] = members end
      end
      local taken, prefix = 0, ''
      if assign == 'ability' then prefix = string.format('%06d', 999999 - fit(team, needs)) end
      for _, text in ipairs(members) do
        local order, name = string.match(text, '^%S+ (%S+) (.*)$')
        if not needs.never[name] and taken < 2 then
          local rank = prefix .. order
          taken = taken + 1
          if not best or rank < best.rank then
            best, second = {rank = rank, name = name, able = team}, best
          elseif not second or rank < second.rank then
            second = {rank = rank, name = name, able = team}
          end
        end
      end
    end
  end
  return best, second
end

local function parse_head(text)
  local lane, order, needs, call = string.match(text, '^(%S+) (%S+) (%S+) (.*)$')
  return {lane = lane, order = order, needs = needs, call = call}
end

-- Which of two heads comes first, at a time in microseconds.
local function stands_before(one, other, at)
  if one.lane == other.lane then return one.order < other.order end
  local class, theirs = string.sub(one.lane, 1, 1), string.sub(other.lane, 1, 1)
  if class ~= theirs then return class < theirs end
  local has, they_have = points(one.lane, one.order, at), points(other.lane, other.order, at)
  if has ~= they_have then return has > they_have end
  return string.sub(one.order, 17) < string.sub(other.order, 17)
end

-- The heads in order, one after another, where waiting counts at one rate: as they stand. `chunk` are the first `asked`.
local function as_they_stand(chunk, asked)
  local n = 0
  return function()
    if n == #chunk then
      if n < asked then return nil end
      chunk, n, asked = redis.call('ZRANGEBYLEX', HEADS, '(' .. chunk[n], '+', 'LIMIT', 0, 64), 0, 64
    end
    n = n + 1
    return chunk[n] and parse_head(chunk[n])
  end
end

-- The same at several rates: of each lane the next one, urgent lanes first, else who has the most points.
local function by_points(at)
  local lanes = {}
  for _, lane in ipairs(lanes_in(HEADS, '')) do
    lanes[#lanes + 1] = {class = string.sub(lane, 1, 1), from = '[' .. lane .. ' ', to = '(' .. lane .. '!', n = 0, some = 4}
  end
  local function peek(lane)
    if not lane.head and not lane.over then
      if not lane.chunk or lane.n == #lane.chunk then
        lane.chunk, lane.n = redis.call('ZRANGEBYLEX', HEADS, lane.from, lane.to, 'LIMIT', 0, lane.some), 0
        lane.some = 64
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
      if head and (not first or stands_before(head, first.head, at)) then first = lane end
    end
    if not first then return nil end
    local head = first.head
    first.head = nil
    return head
  end
end

-- Who stands behind a head in the same file, with the text he is to have in HEADS.
local function follower(head)
  local file = head.needs .. ' ' .. head.lane
  local text = redis.call('ZRANGEBYLEX', WAITING, '(' .. file .. ' ' .. head.order .. ' ' .. head.call, '(' .. file .. '!',
    'LIMIT', 0, 1)[1]
  if not text then return nil end
  local order, call = string.match(text, '^%S+ %S+ (%S+) (.*)$')
  return {text = head.lane .. ' ' .. order .. ' ' .. head.needs .. ' ' .. call, lane = head.lane, order = order,
    needs = head.needs, call = call}
end

local function rounded(number) return math.floor(number * 1000 + 0.5) / 1000 end
