"""What orders tell the outbox of."""

from typing import Final

# Something changed in these orders, by row number.
ORDERS: Final = "orders"
# What courts proposed in these cases was decided, by the cases' row numbers.
PROPOSALS: Final = "order_proposals"
# Something changed in these documents of the inbox, by row number.
DOCUMENTS: Final = "order_documents"
# Something became of these differences from a court's list, by row number; `lists` that both were compared.
DIFFERENCES: Final = "order_differences"
# Something became of the transfers of these orders, by row number.
TRANSFERS: Final = "order_transfers"
# Something raised or ended heightened follow-up of these orders, by row number: how often they are checked hangs on it.
TRIGGERS: Final = "order_triggers"
