"""Statistics that say how little a handful of cases shows (methods C): pure, of plain numbers, knowing no case and no clock.

Intervals of a proportion, of a difference, of a count and of a change are in `craffu.published.intervals`, which every package
above it shares; here is what only measures and scrutiny ask for. Of nothing to divide each answers None, and whoever shows it
says 'no cases' (MSR-02).
"""
