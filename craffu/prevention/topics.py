"""What prevention tells the outbox of."""

from typing import Final

# These people were scored, or somebody decided something of their priority, by row number.
PRIORITIES: Final = "priorities"
# Something changed in these plans, by row number.
PLANS: Final = "plans"
# Something changed in these meetings of the cohort, by row number.
MEETINGS: Final = "meetings"
