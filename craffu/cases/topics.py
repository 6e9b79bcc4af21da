"""What cases tell the outbox of, as whoever stands above them listens for it."""

from typing import Final

# Something changed in these cases, by row number: what was sent or said of them, their stage, who plays a part.
CASES: Final = "cases"
# These cases, by reference, belong to another place or somebody else now. Told by access, which knows no row of ours.
PLACED: Final = "placed/case"
# Advice about an order of no case was asked for or answered: `asked:` and the row number of the question.
ADVICE: Final = "advice"
