"""The programme as the models see it, and the models themselves, in plain Python and NumPy."""
