"""What a person is made of: their records, what joined and parted them, and which are somebody else's (P36, IDN-03)."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.cases.queries import roles_of_records
from craffu.common.refusals import Conflict, Refusal
from craffu.intake.linking.actions import part_records
from craffu.linkage import events
from craffu.linkage.forming import broken_links
from craffu.linkage.permissions import check_can_view_pairs
from craffu.linkage.queries import stories_among, version_of_records
from craffu.orders.queries import orders_of_records
from craffu.orders.reviewing.queries import reviews_on
from craffu.people.models import Membership, RecordVersion
from craffu.people.queries import find_person, memberships_of, provenance_of, records_ever_of, records_of
from craffu.victims.begun import begun_on
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import seen_version
from craffu.web.linkage import presenters
from craffu.web.linkage.forms import PartForm
from craffu.web.linkage.views import head_of
from craffu.web.middleware import acting
from craffu.web.orders.opening import refused, shown_version

SEE: Final = "see"
_BESIDE: Final[Mapping[str, str]] = {"reason_missing": "reason", "not_of_one_person": "records"}


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
def linkage_merges(request: HttpRequest, person: str) -> HttpResponse:
    """A person's records with where each came from, and a way to part some of them: shown first, then done."""
    by = acting(request)
    check_can_view_pairs(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    records = records_of(by, found)
    said = _said(by, sorted({*records, *records_ever_of(by, [found.pk])}))
    theirs = {record: said[record] for record in records}
    form = PartForm(
        request.POST if request.method == "POST" else None,
        records=[(str(record), presenters.record_words(versions)) for record, versions in theirs.items()],
    )
    shown, status, is_seen = None, None, request.POST.get("step") == SEE
    if form.is_bound and form.is_valid():
        if is_seen:
            shown = presenters.parts_table(theirs, form.chosen)
        else:
            try:
                part_records(by=by, records=form.chosen, reason=form.cleaned_data["reason"], seen=seen_version(request))
            except Refusal as refusal:
                form.add_error(_BESIDE.get(refusal.code), refusal.message)
                status, is_seen = refused(request, refusal), isinstance(refusal, Conflict)
            else:
                say_done(request, _("These records are parted. Take it back on the page of a pair."))
                return redirect("linkage_merges", person=person)
    moved = memberships_of(by, set(said))
    named = {person, *(one.person.reference for one in moved)}
    # Those parted too: what was decided of them is taken back there.
    stories = stories_among(by, sorted(said))
    relied = _relied(by, moved, sorted(said))
    looked_at(
        request,
        events.MERGES_VIEWED,
        [
            *(f"person/{one}" for one in named),
            *(f"pair/{one.pair.reference}" for one in stories),
            *sorted({f"{one.kind}/{one.reference}" for one in relied}),
        ],
    )
    page = {
        "head": head_of(_("What %(person)s is made of") % {"person": person}, has_errors=bool(form.errors)),
        "records": presenters.records_table(theirs, _came_as(records, moved)) if records else None,
        "pairs": presenters.pairs_said(stories),
        "moves": presenters.moves_table(moved, said),
        "relied": presenters.relied_table(relied, said),
        "form": form if len(records) > 1 else None,
        "shown": shown,
        "version": shown_version(request, version_of_records(records), is_seen=is_seen),
    }
    return render(request, "linkage/merges.html", page, status=status)


def _relied(by: Acting, moved: Sequence[Membership], records: Sequence[int]) -> list[presenters.Relied]:
    """What was begun on these records while some were joined that are parted since, the oldest first. Nine queries at most."""
    broken = broken_links((one.record_id, one.person_id, one.known_from) for one in moved)
    if not broken:
        return []
    begun = [
        presenters.Relied("order", one.reference, one.respondent_id, one.known_from)
        for one in orders_of_records(by, records)
    ]
    begun += [
        presenters.Relied("case", one.case.reference, one.record_id, one.known_from)
        for one in roles_of_records(by, records)
    ]
    begun += [
        presenters.Relied("order", one.order.reference, record, one.known_from, one.number)
        for record, one in reviews_on(by, records)
    ]
    begun += [
        presenters.Relied("victim", one.victim, one.record, one.at, what=one.what) for one in begun_on(by, records)
    ]
    meanwhile = [one for one in begun if any(link.covers(one.at) for link in broken)]
    return sorted(meanwhile, key=lambda one: (one.at, one.reference))


def _said(by: Acting, records: Sequence[int]) -> dict[int, list[RecordVersion]]:
    found: dict[int, list[RecordVersion]] = {record: [] for record in records}
    for one in provenance_of(by, records):
        found[one.record_id].append(one)
    return found


def _came_as(records: Sequence[int], moved: Sequence[Membership]) -> dict[int, str]:
    """The person that each record came in as: the first that it was."""
    first: dict[int, str] = {}
    for one in moved:
        first.setdefault(one.record_id, one.person.reference)
    return {record: first[record] for record in records}
