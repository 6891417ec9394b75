"""Load on one machine with everything on it: arrivals at a fixed rate, whatever the answers, every write checked."""
