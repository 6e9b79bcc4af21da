"""A fictional force of any size, as other systems would send its records, and the truth about it. Nobody in it is real."""
