"""An open-source hotline server: call flows in YAML, the same engine live and in tests."""
