"""The memory: what must outlive a worker, in Redis, and what must outlive Redis, in a database."""
