"""The gap between safe and felt safe: what was done for victims beside what they were told of it and say they feel (Q1, C1)."""
