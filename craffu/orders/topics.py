"""What orders tell the outbox of."""

from typing import Final

# Something changed in these orders, by row number.
ORDERS: Final = "orders"
