"""The only writes of the library: a force's own words for a condition, and a condition taken from it into a draft (ORD-14)."""

from collections.abc import Mapping
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged, version_of
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.conditions.rules import REQUIREMENTS
from craffu.orders.drafting.actions import add_to_draft
from craffu.orders.facts import NewCondition
from craffu.orders.library.policies import check_inputs, check_wording
from craffu.orders.library.queries import library
from craffu.orders.library.rules import Worded, faults_of, filled, missing, reworded
from craffu.orders.models import LibraryVersion, OrderTerms
from craffu.orders.permissions import check_can_edit_catalogue


def seen_of(one: Worded) -> str:
    """What an edit is made from: the version that stood (T30)."""
    return version_of(one.key, one.number)


@action
def reword_condition(
    *, by: Acting, key: str, words: Mapping[str, str], reason: str, seen: str, now: datetime | None = None
) -> LibraryVersion:
    """A version more, in a force's own words. Raises NotPermitted, Conflict where somebody edited it meanwhile, NotNow."""
    at = now or clock.now()
    check_can_edit_catalogue(by)
    lock_until_commit("library", by.force.code, key)
    one = check_is_there(library(by).get(key))
    check_unchanged(seen, seen_of(one))
    later = reworded(one, one.number + 1, words)
    check_wording(list(faults_of(later)), reason, is_changed=dict(later.words) != dict(one.words))
    row: LibraryVersion = LibraryVersion.objects.create(
        force=by.force, key=key, number=later.number, en=later.words["en"], cy=later.words["cy"], reason=reason.strip(),
        by=by.user, known_from=at,
    )  # fmt: skip
    audit.record(
        kind=events.LIBRARY_EDITED, actor=by.actor, refs=[f"condition/{key}"], request=by.request, reason=reason, now=at
    )
    return row


@action
def take_condition(
    *, by: Acting, order: str, key: str, inputs: Mapping[str, str], behaviour: str, necessity: str, seen: int,
    now: datetime | None = None,
) -> OrderTerms:  # fmt: skip
    """A condition of the library, filled in, as the last of a draft. `seen` is how many versions there were.

    Raises NotNow where an input is lacking, and as `add_to_draft` does.
    """
    one = check_is_there(library(by).get(key))
    check_inputs(missing(one, inputs))
    given = {name.value: inputs[name].strip() for name in one.inputs}
    condition = NewCondition(
        one.type.value, filled(one, given, "en"), filled(one, given, "cy"), is_requirement=one.type in REQUIREMENTS,
        inputs=given, behaviour=behaviour, necessity=necessity, supervisor=given.get("supervisor", ""), library=one.named,
    )  # fmt: skip
    return add_to_draft(by=by, order=order, condition=condition, seen=seen, now=now)
