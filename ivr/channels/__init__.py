"""The lines. Each room below reads and writes its own dialect and makes no choice about the call."""
