"""The pytest plugin: `call`, `rehearsal` and `hotline` fixtures, and scripted calls collected as tests."""
