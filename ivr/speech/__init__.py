"""The ears: telephone audio in, words out. A line feeds frames to an `Ear`; everything else here serves that."""
