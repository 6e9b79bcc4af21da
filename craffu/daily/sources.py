"""Who is asked what is due. A package that has something due answers in its `due.py` and joins this list.

What it may be asked, and how it answers, is `craffu.work.facts.Source`.
"""

from typing import Final

from craffu.cases.advice.due import SOURCE as ADVICE
from craffu.cases.risk.due import SOURCE as CASE_RISK
from craffu.orders.due import SOURCE as ORDERS
from craffu.orders.proposing.due import SOURCE as ORDER_PROPOSALS
from craffu.victims.due import SOURCE as VICTIMS
from craffu.work.facts import Source

SOURCES: Final[tuple[Source, ...]] = (CASE_RISK, ADVICE, VICTIMS, ORDERS, ORDER_PROPOSALS)
