"""Slow, plain second writings of the engines, made from the specification alone."""
