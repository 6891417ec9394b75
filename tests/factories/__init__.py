"""One factory for each kind of thing: the least that is valid."""
