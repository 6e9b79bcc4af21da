"""What linkage tells the outbox of."""

from typing import Final

# How these pairs stand, or what was said of them, is otherwise now, by the pairs' row numbers.
PAIRS: Final = "pairs"
