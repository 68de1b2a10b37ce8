"""The rehearsal: whole hotlines on a virtual clock, with the engine, store and rules of real ones."""
