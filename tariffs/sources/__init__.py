"""Outside data in: the programme file."""
