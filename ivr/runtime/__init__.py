"""The hands: carries events to the engine, asks the world what the engine asks, stores and answers."""
