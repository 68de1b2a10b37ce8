"""How our YAML is read: parser events to nodes, plain words to values, parser complaints to sentences."""
