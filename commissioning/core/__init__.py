"""The lowest nouns, in plain Python: units, groups, milestones, evidence."""
