"""A reference under which no record is held any more leads to the same page of whoever they are now (IDN-03).

Under such a reference nothing stands: a page that said so would read as if nothing stood against them.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.people import events
from craffu.people.models import Person
from craffu.people.queries import whoever_now
from craffu.web.consulting import looked_at
from craffu.web.done import say_to_know
from craffu.web.led import LedOn
from craffu.web.presenters import Link, PageHead, today_link


def led_on(request: HttpRequest, by: Acting, found: Person) -> HttpResponse | None:
    """The way to the page that was asked for, of whoever they are now; where they are several, a page that names them.

    None where records are theirs, or nobody has any that were.
    """
    now = [one for one in whoever_now(by, [found])[found.pk] if one.pk != found.pk]
    if not now:
        return None
    looked_at(request, events.PERSON_VIEWED, [f"person/{one.reference}" for one in (found, *now)])
    several = [Link(one.reference, _same_page(request, one)) for one in now]
    if len(several) == 1:
        say_to_know(
            request, _("The reference that you opened is an old one of this person: their records were joined.")
        )
        return redirect(several[0].href)
    title = _("Person %(reference)s") % {"reference": found.reference}
    head = PageHead(title, breadcrumbs=(today_link(), Link(title, "")))
    return render(request, "people/led_on.html", {"head": head, "several": several})


def lead_on(request: HttpRequest, by: Acting, found: Person) -> None:
    """The same, for what opens several pages alike: raises LedOn where there is such a way.

    What was typed under the old reference is not done: nobody has seen it beside what stands of whoever they are now.
    """
    if (answer := led_on(request, by, found)) is not None:
        raise LedOn(answer)


def _same_page(request: HttpRequest, person: Person) -> str:
    match = request.resolver_match
    assert match is not None  # noqa: S101 - whoever calls this is a view
    path = reverse(match.view_name, kwargs={**match.kwargs, "person": person.reference})
    asked = request.META.get("QUERY_STRING", "")
    return f"{path}?{asked}" if asked else path
