"""An answer is searched for what is protected about anybody else before it is prepared, and as it leaves (VIC-09, SEC-11).

The text is compared and not kept. What was found is told by kind and number, never by value, and each search is in the log:
nobody can try out addresses unseen.
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from craffu.access.rights_requests.events import ANSWER_SEARCHED
from craffu.access.rights_requests.queries import Standing
from craffu.daily.own_data.searching import NAME, REFERENCE, found_in_answer
from craffu.people.contacts import CONTACTS
from craffu.people.queries import find_person
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.rights.presenters import refs_of


def search_answer(request: HttpRequest, one: Standing, text: str) -> str:
    """In words what of anybody else stands in the text; empty where nothing does. It is searched for whomever it is prepared."""
    by = acting(request)
    person = find_person(by, one.request.person) if one.request.person else None
    found = found_in_answer(by, person, text)
    looked_at(request, ANSWER_SEARCHED, refs_of(one), {"found": sum(found.values())})
    if not found:
        return ""
    words = {**CONTACTS, NAME: _("name of somebody else"), REFERENCE: _("reference of somebody else")}
    named = ", ".join(f"{words.get(kind, kind)} ({number})" for kind, number in found.items())
    return _(
        "The answer holds what is protected about a victim: %(found)s. Take it out, with everything else of its kind: "
        "what is missing tells as much."
    ) % {"found": named}
