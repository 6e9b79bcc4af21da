"""What advice is asked about: a case, or one order, be it of a case or of none; with its pages and what they name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.cases.advice.permissions import check_can_read_advice
from craffu.cases.advice.queries import AdviceStands
from craffu.cases.models import Case
from craffu.cases.permissions import check_can_open_case
from craffu.cases.queries import find_case
from craffu.web.orders.opening import open_order
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.restricted.stubs import check_is_open


@dataclass(frozen=True, slots=True)
class About:
    """`order` is empty where it is about the case; `case` None where the order is of none."""

    case: Case | None
    order: str = ""

    @property
    def case_reference(self) -> str | None:
        return self.case.reference if self.case is not None else None

    def address(self, number: int | None = None) -> str:
        """The list, or one question by its number."""
        part = {"order": self.order} if self.order else {"case": self.case_reference}
        name = "order_advice" if self.order else "case_advice"
        if number is None:
            return reverse(name, kwargs=part)
        return reverse(f"{name}_one", kwargs={**part, "number": number})

    @property
    def link(self) -> Link:
        return Link(_("Specialist advice"), self.address())

    @property
    def title(self) -> str:
        if self.order:
            return _("Specialist advice about order %(reference)s") % {"reference": self.order}
        return _("Specialist advice in case %(reference)s") % {"reference": self.case_reference}

    def title_of(self, number: int) -> str:
        if self.order:
            return _("Question %(number)s about order %(reference)s") % {"number": number, "reference": self.order}
        told = {"number": number, "reference": self.case_reference}
        return _("Question %(number)s in case %(reference)s") % told

    def head(self, title: str, *further: Link, has_errors: bool = False) -> PageHead:
        if self.order:
            record = Link(
                _("Order %(reference)s") % {"reference": self.order},
                reverse("order_detail", kwargs={"order": self.order}),
            )
        else:
            record = Link(
                _("Case %(reference)s") % {"reference": self.case_reference},
                reverse("case_detail", kwargs={"case": self.case_reference}),
            )
        return PageHead(title, breadcrumbs=(today_link(), record, *further, Link(title, "")), has_errors=has_errors)

    def refs(self, shown: Iterable[AdviceStands]) -> list[str]:
        """What a page names: the record it is about, and in a case the orders that questions are about."""
        if self.order:
            return [f"order/{self.order}"]
        orders = {one.asked.about_order for one in shown if one.asked.about_order}
        return [f"case/{self.case_reference}", *sorted(f"order/{one}" for one in orders)]


def about_case(by: Acting, reference: str) -> About:
    check_can_read_advice(by)
    check_can_open_case(by, reference)
    check_is_open(by, "case", reference)
    found = find_case(by, reference)
    if found is None:
        raise Http404
    return About(found)


def about_order(request: HttpRequest, reference: str) -> About:
    _by, found = open_order(request, reference, check_can_read_advice)
    return About(found.case, found.reference)
