"""The Lua scripts, one a file; `scripts.script(name)` reads them."""
