"""An answer is searched for what is protected about the victims in his cases before it is prepared (VIC-09, SEC-11).

The text is compared and not kept. What was found is told by kind and number, never by value, and each search is in the log:
nobody can try out addresses unseen.
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from craffu.access.rights_requests.events import ANSWER_SEARCHED
from craffu.access.rights_requests.queries import Standing
from craffu.cases.victim_queries import victims_beside
from craffu.people.contacts import CONTACTS
from craffu.people.queries import contacts_of, find_person, records_of
from craffu.people.scanning import kinds_found
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.rights.presenters import refs_of


def search_answer(request: HttpRequest, one: Standing, text: str) -> str:
    """In words what of a victim stands in the text; empty where nothing does, or where nobody knows whom the request is about."""
    by = acting(request)
    person = find_person(by, one.request.person) if one.request.person else None
    if person is None:
        return ""
    records = records_of(by, person)
    found = kinds_found(text, contacts_of(by, victims_beside(by, records)))
    looked_at(request, ANSWER_SEARCHED, refs_of(one), {"found": sum(found.values())})
    if not found:
        return ""
    named = ", ".join(f"{CONTACTS.get(kind, kind)} ({number})" for kind, number in found.items())
    return _("The answer holds what is protected about a victim: %(found)s. Take it out.") % {"found": named}
