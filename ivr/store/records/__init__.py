"""What is kept of calls for good: an SQL database, filled from the hotlines' event streams."""
