"""What every page of one sample, or of one's own review, does first: find it, and say where it lies."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.scrutiny.models import CaseReview, Sample
from craffu.scrutiny.reviewing.permissions import check_can_review
from craffu.scrutiny.reviewing.queries import find_own_review
from craffu.scrutiny.sampling.permissions import check_can_sample
from craffu.scrutiny.sampling.queries import find_sample
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link


def open_sample(request: HttpRequest, reference: str) -> tuple[Acting, Sample]:
    """The reader and the sample. Raises NotPermitted, and Http404 where there is none of their force."""
    by = acting(request)
    check_can_sample(by)
    found = find_sample(by, reference)
    if found is None:
        raise Http404
    return by, found


def open_review(request: HttpRequest, reference: str) -> tuple[Acting, CaseReview]:
    """The reader and their own review. Another's is not there for them: the answer is that of a reference that nothing has."""
    by = acting(request)
    check_can_review(by)
    found = find_own_review(by, reference)
    if found is None:
        raise Http404
    return by, found


def samples_link() -> Link:
    return Link(_("Dip samples"), reverse("sample_list"))


def sample_title(reference: str) -> str:
    return _("Dip sample %(reference)s") % {"reference": reference}


def sample_head(reference: str, title: str, *, has_errors: bool = False) -> PageHead:
    """The top of a page under a sample."""
    one = Link(sample_title(reference), reverse("sample_detail", kwargs={"sample": reference}))
    return PageHead(title, breadcrumbs=(today_link(), samples_link(), one, Link(title, "")), has_errors=has_errors)


def reviews_link() -> Link:
    return Link(_("My reviews"), reverse("case_review_list"))


def review_title(reference: str) -> str:
    return _("Review %(reference)s") % {"reference": reference}


def review_head(reference: str, title: str, *, has_errors: bool = False) -> PageHead:
    """The top of a page under a review."""
    one = Link(review_title(reference), reverse("case_review", kwargs={"case_review": reference}))
    return PageHead(title, breadcrumbs=(today_link(), reviews_link(), one, Link(title, "")), has_errors=has_errors)


def refs(review: CaseReview) -> list[str]:
    """What a page of a review shows, as the log writes it."""
    return [f"case_review/{review.reference}"]
