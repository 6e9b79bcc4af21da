"""What victims tell the outbox of, as whoever stands above them listens for it."""

from typing import Final

# Something was agreed with, promised, told or said by these victims, by the row number of the person.
VICTIMS: Final = "victims"
# Entries in the logs that victims keep themselves, by row number.
VICTIM_LOG: Final = "victim_log"
