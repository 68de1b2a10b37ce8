"""The JSON API below /api/v1: agents, queues, calls, messages, rules and tokens, for desks and boards of one's own."""
