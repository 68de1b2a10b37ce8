-- Bringing one caller and one agent together; put behind choice_common.lua. The first caller in order for whom an able
-- agent is free, and of these agents the one that the queue's way of assigning picks. Only the heads are compared: of the
-- callers with equal needs, and of the agents with equal ability.

-- Reserve one caller, for `stands_s`; returns the offer, or nil when nobody fits.
local function reserve(token, stands_s)
  local CHUNK, MOST_RIVALS = 4, 100
  local heads = redis.call('ZRANGE', HEADS, 0, CHUNK - 1)
  if not heads[1] then return nil end
  local teams, few, all_free = teams_in(FREE)
  if not teams[1] then return nil end
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

  local clock = line_clock()
  local at = micros(line_time(clock))
  local choice = {teams = teams, policy = policies(), all_free = all_free}
  local next_head = clock.rate == 'mixed' and by_points(at) or as_they_stand(heads, CHUNK)
  local head, best, second, needs, assign
  repeat
    head = next_head()
    if not head then return nil end
    needs = parse_needs(head.needs)
    assign = choice.policy.assign[needs.queue] or 'longest_idle'
    best, second = best_two(choice, needs, assign)
  until best

  -- Whom the agent would have had else: who stands behind the caller in the same file, or of the next callers the first
  -- whom he could have. The caller himself may be the head of other files too.
  local call, name, able = head.call, best.name, best.able
  local behind = follower(head)
  local rival = behind
  for _ = 1, MOST_RIVALS do
    local other = next_head()
    if not other or rival and stands_before(rival, other, at) then break end
    local theirs = parse_needs(other.needs)
    if suits(choice, able, theirs) and not theirs.never[name] and (theirs.agent == '' or theirs.agent == name) then
      if other.call ~= call then
        rival = other
        break
      end
      local next_behind = follower(other)
      if next_behind and (not rival or stands_before(next_behind, rival, at)) then rival = next_behind end
    end
  end

  look('p' .. call, 'a' .. name, 'x' .. call)
  local place, agent = read_place(call), read_agent(name)
  local file = tonumber(string.sub(head.order, 27)) + 1
  end_waiting(call, place, file, behind and behind.text)
  place.state, place.token, place.agent, place.times = 'reserved', token, name, place.times + 1
  write_place(call, place)

  leave_free(name, agent)
  turn_to(name, agent, 'reserved')
  agent.call, agent.token = call, token
  write_agent(name, agent)

  local offer = {call = call, agent = name, phone = agent.phone, queue = place.queue, since = place.since,
    at = now, deadline = now + stands_s, times = place.times, state = 'ringing', number = place.number}
  write_offer(token, offer)
  redis.call('ZADD', DUE, offer.deadline, token)
  tell(call, 'offered', {agent = name, queue = place.queue, times = place.times, why = {
    waited_s = rounded(math.max(0, now - place.since)), rate = lane_rate(place.lane),
    head_start_s = rounded(place.head or 0), terms = place.terms,
    urgent = string.sub(place.lane, 1, 1) == '0', class = place.class,
    group = place.whys and place.whys[file] or 'queue', assign = assign,
    idle_s = rounded(math.max(0, now - agent.idle_since)), load = agent.load, fit = fit(able, needs),
    next_call = rival and rival.call, next_score_s = rival and rounded(points(rival.lane, rival.order, at) / 1e6),
    next_agent = second and second.name}})
  return offer
end
