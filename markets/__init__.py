"""Who can deliver."""
