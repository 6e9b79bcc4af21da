"""What courts' hearings propose, what of it was proposed already, and what waits for somebody to say (ORD-09)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from craffu.access.acting import Acting
from craffu.cases.models import Case, HearingVersion
from craffu.cases.queries import latest_versions, messages
from craffu.orders.models import OrderProposal
from craffu.orders.proposing.rules import Heard, Proposed, Result, proposed


def as_heard(version: HearingVersion) -> Heard:
    """A message as the rules read it. Its charges and results are there already."""
    results = [
        Result(one.code, one.text, one.next_bail_status)
        for charge in version.charges.all()
        for one in charge.results.all()
    ]
    return Heard(f"hearing/{version.hearing_id}", version.bail_status, version.bail_conditions, results)


def proposed_in(
    by: Acting, cases: Collection[int], known_at: datetime | None = None
) -> list[tuple[HearingVersion, Proposed]]:
    """What the courts' latest words on the hearings of these cases propose. Three queries."""
    versions = latest_versions(by, known_at).filter(hearing__case__in=sorted(cases))
    return [(version, one) for version in messages(by, versions) for one in proposed(as_heard(version))]


def keys_proposed(by: Acting, cases: Collection[int]) -> set[str]:
    """What was proposed in these cases, decided or not."""
    rows = OrderProposal.objects.for_user(by).filter(case__in=sorted(cases))
    return set(rows.order_by().values_list("source_key", flat=True))


def proposals_of(by: Acting, case: Case) -> list[OrderProposal]:
    """What was proposed in a case, decided or not, the newest hearing first. One query."""
    rows = OrderProposal.objects.for_user(by).filter(case=case).select_related("decided", "decided__order")
    return list(rows.defer("words").order_by("-made_on", "id"))


def waiting_in(by: Acting, cases: Iterable[int], known_at: datetime) -> list[OrderProposal]:
    """What was proposed in these cases, with what was decided as known at an instant. One query."""
    rows = OrderProposal.objects.for_user(by).filter(case__in=sorted(cases), known_from__lte=known_at)
    return list(rows.select_related("case", "decided").defer("words").order_by("id"))


def find_proposal(by: Acting, number: int) -> OrderProposal | None:
    rows = OrderProposal.objects.for_user(by).filter(pk=number)
    proposal: OrderProposal | None = rows.select_related(
        "case", "role", "role__record", "decided", "decided__order"
    ).first()
    return proposal
