"""When a service may be recorded as one: in person, or in the way that the court directed (ORD-11)."""

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.orders.serving.rules import Method


def check_way_of_serving(method: str, *, is_court_directed: bool) -> None:
    if method in set(Method) - {Method.PERSONAL} and not is_court_directed:
        raise NotNow(
            "needs_court_direction",
            _("Service other than in person needs the court’s direction. Record that it was given."),
        )
