"""Small numbers in anything published: nobody is to be recognised by a count."""

#: Counts below this are not told, and others are rounded to the nearest five: the practice of UK official statistics
#: on small populations, as in the Office for National Statistics' policy on disclosure control for counts.
LEAST, STEP = 10, 5


def published(count: float) -> str:
    """Write a count as it may be published: nothing, fewer than 10, or to the nearest 5."""
    if count <= 0:
        return "0"
    if count < LEAST:
        return f"fewer than {LEAST}"
    return f"{STEP * int(count / STEP + 0.5):,}"
