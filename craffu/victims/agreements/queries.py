"""The agreement with a victim as it stands, what it was before, and the draft of somebody who is asking her."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.clocks.london import day_of
from craffu.common.edits import version_of
from craffu.victims.agreements.facts import NEWS_ONLY, Terms, terms_of
from craffu.victims.agreements.rules import Asked, Occasion, OffersAgain
from craffu.victims.models import AgreementDraft, AgreementVersion, FearedDate
from craffu.victims.queries import Victim, agreements_in_order, day_of_agreement, standing

_YES_NO = {True: "yes", False: "no", None: ""}


def versions_of(by: Acting, records: Iterable[int]) -> list[AgreementVersion]:
    """Every version that stands, the last one last. One query."""
    rows = (
        AgreementVersion.objects.for_user(by).filter(record__in=list(records)).select_related("recorded_by", "officer")
    )
    return agreements_in_order(rows.order_by("id"))


def last_agreement_of(by: Acting, records: Iterable[int]) -> int:
    """The row number of the last version of these records' agreements; 0 where there is none. One query."""
    rows = AgreementVersion.objects.for_user(by).filter(record__in=list(records))
    return rows.aggregate(last=Max("id"))["last"] or 0


def is_agreed_since(by: Acting, records: Iterable[int], at: datetime) -> bool:
    """Whether something was agreed with whoever these records are of after an instant. One query."""
    rows = AgreementVersion.objects.for_user(by).filter(record__in=list(records), known_from__gt=at)
    return bool(rows.exists())


def edit_version(versions: list[AgreementVersion]) -> str:
    """Which state of the agreement somebody saw (T30)."""
    return version_of(versions[-1].pk if versions else None)


def terms(version: AgreementVersion) -> Terms:
    """What was agreed, as the form asks it."""
    return Terms(
        officer=version.officer_name,
        frequency=str(version.every_days) if version.every_days else NEWS_ONLY,
        channels=tuple(version.channels),
        links=tuple(version.link_channels),
        times=tuple((start, end) for start, end in version.times),
        may_leave_message=version.may_leave_message,
        never_say=version.never_say,
        safe_word=version.safe_word,
        urgent_reach=version.urgent_reach,
        urgent_words=version.urgent_words,
        language=version.language,
        asking=version.asking,
        not_wanted=tuple(version.not_wanted),
        others_told=version.others_told,
        survey=_YES_NO[version.survey_consent],
        next_revisit_on=version.next_revisit_on.isoformat() if version.next_revisit_on else "",
    )


def draft_of(by: Acting, victim: Victim) -> AgreementDraft | None:
    """What the reader has asked her so far; of anybody else's asking nothing is shown."""
    if by.user is None:
        return None
    drafts = AgreementDraft.objects.for_user(by).filter(record__in=victim.records, by=by.user)
    draft: AgreementDraft | None = drafts.order_by("-id").first()
    return draft


def drafted(draft: AgreementDraft) -> Terms:
    return terms_of(draft.terms)


def asked_again(versions: Iterable[AgreementVersion]) -> list[Asked]:
    """When she was asked again, agreed or declined."""
    return [Asked(day_of_agreement(one), bool(one.occasion), _instant(one)) for one in versions]


def _instant(version: AgreementVersion) -> datetime | None:
    """When it was agreed, where it was recorded here on its very day."""
    is_of_the_day = not version.source_key and day_of(version.known_from) == day_of_agreement(version)
    return version.known_from if is_of_the_day else None


def choice_of(version: AgreementVersion) -> OffersAgain | frozenset[Occasion] | None:
    """When somebody who declined wants to be offered it again."""
    said = version.offer_again
    if said is None or isinstance(said, str):
        return OffersAgain(said) if said else None
    return frozenset(Occasion(one) for one in said)


def interval_of(version: AgreementVersion) -> timedelta:
    """How long after it was agreed it was to be asked again; four weeks where nobody said."""
    if version.agreed_on is None or version.next_revisit_on is None:
        return timedelta(days=28)
    return max(version.next_revisit_on - version.agreed_on, timedelta(days=1))


def feared_dates(by: Acting, records: Iterable[int]) -> list[FearedDate]:
    """The days she fears, in order: of each day the last word. One query."""
    rows = FearedDate.objects.for_user(by).filter(record__in=list(records)).order_by("id")
    last = {one.on: one for one in standing(rows)}
    return [last[day] for day in sorted(last) if not last[day].is_struck]


def officer_named(by: Acting, name: str) -> User | None:
    """The account of somebody of the force with this name, where exactly one bears it: promises come onto their list."""
    found = list(User.objects.filter(force=by.force, name__iexact=name.strip(), is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def records_agreed(by: Acting) -> list[int]:
    """The records of victims with whom an agreement was made or declined, what was recorded last first. One query."""
    rows = AgreementVersion.objects.for_user(by).order_by().values("record_id").annotate(last=Max("id"))
    return [row["record_id"] for row in rows.order_by("-last")]
