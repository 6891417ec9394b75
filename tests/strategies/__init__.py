"""Hypothesis strategies: valid things of any shape, for properties."""
