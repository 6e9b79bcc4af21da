"""How long a page of a list is, for people and for programs alike (page map, section 8)."""

from typing import Final

A_PAGE: Final = 50
# A whole register is counted to the next of these, and no further (ADR 117).
COUNTED_TO: Final = 1_000
