"""What was asked of her life and safety, what was done for it beside whether she knows, and what help she has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from craffu.access.acting import Acting
from craffu.victims.models import EntitlementSaid, MeasureTold, NeedAnswer, ReferralStep, SafetyMeasure
from craffu.victims.queries import entitlements_in_order, standing
from craffu.victims.safeguarding.kinds import Felt, Help, Need
from craffu.victims.safeguarding.rules import SafeguardingAction, ToldOf, told_of


def needs_of(by: Acting, records: Iterable[int]) -> dict[Need, NeedAnswer]:
    """The last answer on each thing that was asked about, in the order of the list. One query."""
    rows = NeedAnswer.objects.for_user(by).filter(record__in=list(records)).select_related("recorded_by")
    last = {one.need: one for one in standing(rows.order_by("id"))}
    return {need: last[need] for need in Need if need in last}


@dataclass(frozen=True, slots=True)
class MeasureStands:
    """Something done for her safety, and each time that she was told of it, the first first."""

    measure: SafetyMeasure
    tellings: tuple[MeasureTold, ...]

    @property
    def told_on(self) -> date | None:
        return self.tellings[0].told_on if self.tellings else None

    @property
    def felt(self) -> Felt | None:
        """How safe she felt with it when she was last asked; None while she was not told."""
        asked = [Felt(one.felt) for one in self.tellings if one.felt != Felt.NOT_ASKED]
        return asked[-1] if asked else Felt.NOT_ASKED if self.tellings else None


def measures_of(by: Acting, records: Sequence[int]) -> list[MeasureStands]:
    """Everything that was done for her safety, the last done first. Two queries, one where nothing was."""
    rows = SafetyMeasure.objects.for_user(by).filter(record__in=list(records)).select_related("recorded_by")
    done = standing(rows.order_by("id"))
    if not done:
        return []
    told: dict[int, list[MeasureTold]] = {}
    for one in standing(MeasureTold.objects.for_user(by).filter(record__in=list(records)).order_by("id")):
        told.setdefault(one.measure_id, []).append(one)
    found = [
        MeasureStands(one, tuple(sorted(told.get(one.pk, ()), key=lambda each: (each.told_on, each.pk))))
        for one in done
    ]
    return sorted(found, key=lambda one: (one.measure.done_on, one.measure.pk), reverse=True)


def counted(measures: Iterable[MeasureStands]) -> ToldOf:
    """Done beside told (VIC-08)."""
    return told_of(SafeguardingAction(str(one.measure.pk), one.told_on) for one in measures)


def help_of(by: Acting, records: Iterable[int]) -> dict[Help, list[ReferralStep]]:
    """The steps of each kind of help that was ever offered, the last last, in the order of the list. One query."""
    rows = ReferralStep.objects.for_user(by).filter(record__in=list(records)).select_related("recorded_by")
    steps = sorted(standing(rows.order_by("id")), key=lambda one: (one.on, one.pk))
    return {help: said for help in Help if (said := [one for one in steps if one.help == help])}


def entitlement_of(by: Acting, records: Iterable[int]) -> EntitlementSaid | None:
    """What somebody decided about her limits under the Code; None leaves the default, enhanced. One query."""
    said = EntitlementSaid.objects.for_user(by).filter(record__in=list(records)).select_related("recorded_by")
    rows = entitlements_in_order(said.order_by("id"))
    return rows[-1] if rows else None
