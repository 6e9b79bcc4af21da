"""What people tell the outbox of."""

from typing import Final

# Other records are these persons' now, more or fewer, or a custody system said something of their release from prison: by the
# persons' row numbers.
PEOPLE: Final = "people"
# A record of these persons that was held before says where they are at home, by the persons' row numbers.
HOMES: Final = "homes"
