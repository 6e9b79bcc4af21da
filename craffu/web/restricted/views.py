"""Who may see a case: the page on which a supervisor or coordinator restricts it and says who is let in (SEC-02)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.emergency.queries import emergencies_of
from craffu.access.emergency.reasons import REASONS
from craffu.access.markings import COVERT, MARKINGS, RESTRICTED, RecordMarking
from craffu.access.models import User
from craffu.access.permissions import check_keeps_records
from craffu.access.queries import find_user, names_of
from craffu.access.restricted.actions import let_in, lift_restriction, mark, restrict, shut_out
from craffu.access.restricted.models import Admission
from craffu.access.restricted.queries import Shut, closed_to, readers_of, restrictions
from craffu.access.restricted.versions import lock_of_readers, readers_version
from craffu.cases.queries import find_case
from craffu.common import clock
from craffu.common.edits import change_unchanged, check_unchanged
from craffu.common.refusals import Conflict, NotPermitted, Refusal
from craffu.web import cells
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.edits import STATUS, both_versions, seen_version
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, Params, today_link
from craffu.web.restricted.forms import LET_IN, MARK, OPEN, ReadersForm, RestrictForm
from craffu.web.restricted.presenters import record_table
from craffu.web.restricted.stubs import check_is_open

CASE = "case"


@require_http_methods(["GET", "HEAD", "POST"])
def case_readers(request: HttpRequest, case: str) -> HttpResponse:
    """Who sees a case now, and the form that changes it."""
    by = acting(request)
    check_is_open(by, CASE, case)
    check_keeps_records(by)
    if find_case(by, case) is None:
        raise Http404
    restriction = restrictions(by.force).get((CASE, case))
    readers = readers_of(by.force, CASE, case) if restriction else []
    data = request.POST if request.method == "POST" else None
    form = ReadersForm(readers, _other(restriction.marking), data) if restriction else RestrictForm(data)
    conflict = None
    if form.is_bound:
        try:
            standing = readers_version(by.force, CASE, case)
            seen = seen_version(request, standing)
            check_unchanged(seen, standing)
            if form.is_valid() and _changed(by, case, form, seen):
                is_open = form.cleaned_data.get("act") == OPEN
                return redirect("case_detail", case=case) if is_open else redirect(request.path)
        except Conflict:
            _check_not_shut_out(by, case)
            restriction = restrictions(by.force).get((CASE, case))
            readers = readers_of(by.force, CASE, case) if restriction else []
            form, conflict = _again(request, restriction, readers)
    emergencies = emergencies_of(by, CASE, case)
    opened = [f"emergency/{one.access.number}" for one in emergencies]
    names = [f"user/{one.user.username}" for one in readers]
    looked_at(request, events.READERS_VIEWED, [f"case/{case}", *names, *opened])
    title = _("Who may see case %(reference)s") % {"reference": case}
    case_link = Link(_("Case %(reference)s") % {"reference": case}, reverse("case_detail", kwargs={"case": case}))
    cases_link = Link(_("Cases"), reverse("case_list"))
    keepers = [*([restriction.changed_by] if restriction else []), *(one.changed_by for one in readers)]
    known = names_of(by, keepers)
    rows = [
        [
            cells.words(one.user.name),
            cells.words(one.user.username),
            cells.words(instant_words(one.changed_at)),
            cells.words(instant_words(one.until) if one.until else _("Until it is changed")),
            cells.words(known.get(one.changed_by, one.changed_by)),
            cells.words(REASONS[one.reason] if one.emergency_id else one.reason),
        ]
        for one in readers
    ]
    heads: list[cells.Heading] = [_("Name"), _("User name"), _("Let in"), _("Until"), _("By"), _("Why")]
    page = {
        "head": PageHead(
            title, breadcrumbs=(today_link(), cases_link, case_link, Link(title, "")), has_errors=bool(form.errors)
        ),
        "restriction": restriction,
        "marked_by": known.get(restriction.changed_by, restriction.changed_by) if restriction else "",
        "since": instant_words(restriction.since) if restriction else "",
        "emergencies": record_table(emergencies, clock.now()),
        "readers": cells.table(_("People who may see this case"), heads, rows) if rows else None,
        "form": form,
        "conflict": conflict,
        "version": readers_version(by.force, CASE, case),
    }
    return render(request, "restricted/readers.html", page, status=STATUS if conflict else None)


def _other(marking: RecordMarking) -> RecordMarking:
    """What the case is marked with when its marking is changed."""
    return COVERT if marking is RESTRICTED else RESTRICTED


def _check_not_shut_out(by: Acting, case: str) -> None:
    """Who was shut out meanwhile sees no version at all."""
    if by.user is None or case in closed_to(by.user).get(CASE, ()):
        raise NotPermitted("restricted", _("You were shut out of this record meanwhile. Nothing was changed."))


def _again(
    request: HttpRequest, restriction: Shut | None, readers: list[Admission]
) -> tuple[ReadersForm | RestrictForm, Params]:
    """The form once more with what was given, and both versions: who sees the case now, and what was to be changed."""
    given = {name: request.POST.get(name, "") for name in ("act", "username", "reason", "marking")}
    other = _other(restriction.marking if restriction else RESTRICTED)
    asking = ReadersForm(readers, other, initial=given)
    form = asking if restriction else RestrictForm(initial=given)
    asked = dict(asking.fields["act"].choices).get(given["act"], "")  # type: ignore[attr-defined]
    stands = ", ".join(one.user.name for one in readers) or _("Everybody whose role allows it")
    yours = ": ".join(filter(None, [str(asked), given["username"]])) or _("Restrict it")
    last = readers[-1] if readers else None
    why = "" if last is None else str(REASONS[last.reason]) if last.emergency_id else last.reason
    return form, both_versions([(_("Who sees the case"), stands, yours), (_("Why"), why, given["reason"])])


def _changed(by: Acting, case: str, form: ReadersForm | RestrictForm, seen: str) -> bool:
    """Carry out what was asked if the list stands as it was seen; what cannot be done is said beside the field."""
    try:
        change_unchanged(
            lock=lock_of_readers(by.force, CASE, case),
            seen=seen,
            standing=lambda: readers_version(by.force, CASE, case),
            change=lambda: _carry_out(by, case, form),
        )
    except Conflict:
        raise
    except Refusal as refusal:
        form.add_error("reason" if isinstance(form, RestrictForm) else "username", refusal.message)
        return False
    return True


def _carry_out(by: Acting, case: str, form: ReadersForm | RestrictForm) -> None:
    given = form.cleaned_data
    reason = given["reason"]
    if isinstance(form, RestrictForm):
        restrict(by=by, kind=CASE, reference=case, reason=reason, marking=MARKINGS[given["marking"]])
    elif given["act"] == OPEN:
        lift_restriction(by=by, kind=CASE, reference=case, reason=reason)
    elif given["act"] == MARK:
        mark(by=by, kind=CASE, reference=case, reason=reason, marking=form.other)
    else:
        change = let_in if given["act"] == LET_IN else shut_out
        change(by=by, user=_user(by, given["username"]), kind=CASE, reference=case, reason=reason)


def _user(by: Acting, username: str) -> User:
    user = find_user(username)
    if user is None or user.force_id != by.force.pk:
        raise Refusal("no_such_account", _("There is no such account in your force. Check the user name."))
    return user
