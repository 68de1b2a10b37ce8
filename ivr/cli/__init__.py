"""The command `ivr`. Each command is a module of its own, imported only when it is called."""

from ivr.cli.main import main

__all__ = ["main"]
