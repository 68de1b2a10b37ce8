"""The map: YAML files in, one checked `Hotline` out; nothing here runs a call."""
