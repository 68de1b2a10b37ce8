"""What people at their desks see and do: the live table of queues, the counts of rules, and a JSON API."""
