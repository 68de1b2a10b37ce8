-- What scripts share about callbacks: places in line with a number, and with nobody on the line. Put behind
-- offer_common.lua. A place of this kind has besides
--     number    whom to ring         tries     how often that number was rung     rung_at    when it was rung last
--     wake      not to be offered before           leg       the carrier's name for the call to the caller
--     confirmed true once the caller has pressed the key: from then on somebody is on the line

-- What a callback looks like outside, as a flat list.
local function callback_out(name, place)
  return {name, place.state, place.why or '', place.queue, place.number, exact(place.since),
    exact(place.taken), place.tries, exact(place.rung_at or 0), exact(place.wake or 0), place.leg or '', place.confirmed and 1 or 0,
    place.token or '', place.agent or '', read_context(name)}
end

local function read_callback(name)
  local place = read_place(name)
  return place and place.number and place or nil
end

-- Take a callback away from the agent it was offered to, if any: the agent is free, and his leg is to be ended.
-- `rest_s` is his breath before the next ring. `place` is to be written afterwards.
local function take_from_agent(place, rest_s)
  local token = place.token
  if not token then return end
  local agent, offer = read_agent(place.agent), read_offer(token)
  if agent and agent.token == token then
    release(place.agent, agent, rest_s, false)
    write_agent(place.agent, agent)
  end
  if offer then cancel(token, offer) end
  place.token, place.agent = nil, nil
end
