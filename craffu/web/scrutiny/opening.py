"""What every page of one interview does first: find it, ask whether it is for the reader, and say where it lies."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.scrutiny.interviewing.permissions import check_can_interview, check_can_open
from craffu.scrutiny.interviewing.queries import InterviewStands, find_interview, stands_now
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, Text, today_link


def open_interview(request: HttpRequest, reference: str) -> tuple[Acting, InterviewStands]:
    """The reader and the interview. Raises NotPermitted, and Http404 where there is none of their force."""
    by = acting(request)
    check_can_interview(by)
    found = find_interview(by, reference)
    if found is None:
        raise Http404
    check_can_open(by, found.by)
    return by, stands_now(by, found, clock.now())


def refs(stands: InterviewStands) -> list[str]:
    """What a page of it shows, as the log writes it."""
    return [f"interview/{stands.interview.reference}"]


def list_link() -> Link:
    return Link(_("Interviews"), reverse("interview_list"))


def title_of(reference: str) -> str:
    return _("Interview %(reference)s") % {"reference": reference}


def head(reference: str, title: str, *, has_errors: bool = False) -> PageHead:
    """The top of a page under an interview."""
    one = Link(title_of(reference), reverse("interview_detail", kwargs={"interview": reference}))
    return PageHead(title, breadcrumbs=(today_link(), list_link(), one, Link(title, "")), has_errors=has_errors)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form of an interview shows around its fields.

    `read` stands before them in the interview's `language`: a question, or an answer. `shown` goes along to `goes_to`.
    """

    button: Text
    intro: tuple[Text, ...] = ()
    warning: Text = ""
    read: str = field(default="", repr=False)
    language: str = ""
    shown: str = field(default="", repr=False)
    goes_to: str = ""
    rows: int = 3


def form_page(top: PageHead, form: forms.Form, asked: Asked) -> dict[str, Any]:
    return {"head": top, "form": form, "page": asked}
