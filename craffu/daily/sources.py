"""Who is asked what is due. A package that has something due answers in its `due.py` and joins this list.

What it may be asked, and how it answers, is `craffu.work.facts.Source`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.detecting.due import SOURCE as BREACHES_FOUND
from craffu.breaches.due import SOURCE as BREACHES
from craffu.breaches.patterns.due import SOURCE as PATTERNS
from craffu.cases.advice.due import SOURCE as ADVICE
from craffu.cases.risk.due import SOURCE as CASE_RISK
from craffu.daily.own_data.due import SOURCE as RIGHTS_ANSWERED
from craffu.daily.retaining.actions import open_reviews
from craffu.daily.retaining.due import SOURCE as RETENTION
from craffu.intake.linking.arriving import link_arrivals
from craffu.intake.linking.due import SOURCE as PAIRS
from craffu.intake.morning.due import SOURCE as MORNING_LISTS
from craffu.orders.due import SOURCE as ORDERS
from craffu.orders.following.due import SOURCE as ORDER_FOLLOW_UPS
from craffu.orders.inbox.due import SOURCE as ORDER_DOCUMENTS
from craffu.orders.monitoring.due import SOURCE as ORDER_CHECKS
from craffu.orders.notifying.due import SOURCE as ORDER_NOTIFICATIONS
from craffu.orders.proposing.due import SOURCE as ORDER_PROPOSALS
from craffu.orders.reconciling.due import SOURCE as ORDER_LISTS
from craffu.orders.reviewing.due import SOURCE as ORDER_REVIEWS
from craffu.orders.transfers.due import SOURCE as ORDER_TRANSFERS
from craffu.orders.watching.actions import expire_orders
from craffu.orders.watching.due import SOURCE as ORDER_LIVES
from craffu.prevention.due import SOURCE as PRIORITIES
from craffu.prevention.meetings.due import SOURCE as MEETINGS
from craffu.prevention.planning.due import SOURCE as PLANS
from craffu.scrutiny.destroying.due import SOURCE as DESTRUCTIONS
from craffu.scrutiny.interviewing.due import SOURCE as LIVE_RISKS
from craffu.scrutiny.publishing.due import SOURCE as DEEP_DIVES
from craffu.scrutiny.recommending.due import SOURCE as RECOMMENDATIONS
from craffu.scrutiny.reviewing.due import SOURCE as CASE_REVIEWS
from craffu.victims.answering.actions import close_left
from craffu.victims.due import SOURCE as VICTIMS
from craffu.work.facts import Source

# In this order: what an order tells by itself is news for the victims whom it protects, who are asked after it; whatever any
# of them keeps may raise heightened follow-up, and that a review of a plan: so these are asked last.
SOURCES: Final[tuple[Source, ...]] = (
    PAIRS, MORNING_LISTS, CASE_RISK, ADVICE, ORDER_PROPOSALS, ORDER_DOCUMENTS, ORDER_LISTS, ORDER_TRANSFERS, ORDER_LIVES,
    ORDER_CHECKS, ORDER_REVIEWS, ORDERS, VICTIMS, ORDER_NOTIFICATIONS, BREACHES_FOUND, BREACHES, PATTERNS, PRIORITIES, LIVE_RISKS,
    CASE_REVIEWS, DEEP_DIVES, DESTRUCTIONS, RETENTION, RIGHTS_ANSWERED, RECOMMENDATIONS, MEETINGS, PLANS, ORDER_FOLLOW_UPS,
)  # fmt: skip

# What the clock does before it asks what is due, as of the same instant: what time alone ends, and who it is that came by no
# intake, such as whoever an order that somebody typed is against; and whose records come up for review.
BEFORE_ASKING: Final[tuple[Callable[[Acting, datetime], object], ...]] = (
    expire_orders, link_arrivals, close_left, open_reviews,
)  # fmt: skip
