"""What people tell the outbox of."""

from typing import Final

# Other records are these persons' now, by the persons' row numbers.
PEOPLE: Final = "people"
# A record of these persons that was held before says where they are at home, by the persons' row numbers.
HOMES: Final = "homes"
