"""Which cases are of stalking or harassment, so that risk is assessed and a victim is offered an agreement (RSK-01)."""

from collections.abc import Collection

from craffu.access.acting import Acting
from craffu.cases.models import CaseVersion, Offence
from craffu.cases.risk.rules import ACT_OF_1997, asks_for_assessment
from craffu.common import lookups  # noqa: F401 (registers `one_of`)


def of_the_kind(by: Acting, cases: Collection[int]) -> set[int]:
    """Of these cases those in which the police recorded, or a court heard, stalking or harassment. Two queries."""
    wanted = frozenset(cases)
    said = CaseVersion.objects.for_user(by).filter(case__one_of=wanted).order_by()
    rows = said.values_list("case_id", "home_office_class", "flags", "offence_code")
    recorded = {case for case, group, flags, code in rows if asks_for_assessment(group, flags, code)}
    charged = Offence.objects.for_user(by).filter(case__one_of=wanted, code__startswith=ACT_OF_1997).order_by()
    return recorded | set(charged.values_list("case_id", flat=True))
