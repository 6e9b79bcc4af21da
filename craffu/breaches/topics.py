"""What breaches tell the outbox of."""

from typing import Final

# Something became known of these breaches, or was decided, by row number.
BREACHES: Final = "breaches"
# What systems told of these people may be a breach, by the row number of what was told.
TELLINGS: Final = "breach_tellings"
# Somebody decided what the crimes against these people are, by row number.
PATTERNS: Final = "stalking_patterns"
