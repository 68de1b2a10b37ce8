"""The wiring: the only room that reads settings and makes clients. Everything is built here and handed down."""
