"""What people tell the outbox of."""

from typing import Final

# Other records are these persons' now, by the persons' row numbers.
PEOPLE: Final = "people"
