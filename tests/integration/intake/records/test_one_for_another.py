"""Nobody's record, crime or case is taken for another's, and no older or impossible word for the newest (INT-01, INT-04)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.cases.crime_queries import crimes_of_cases
from craffu.cases.models import Case, CaseReference, CaseRole, CaseStage, CaseVersion, RoleWaiting
from craffu.cases.states import Stage
from craffu.common.refusals import Refusal
from craffu.intake.models import HeldRow
from craffu.intake.queries import open_rows
from craffu.intake.running import Done, take_in
from craffu.people.models import RecordedName, RecordVersion, SourceRecord
from tests.factories.extracts import AT, LATER, row, write

pytestmark = pytest.mark.django_db

type Take = Callable[..., Done]


@pytest.fixture
def taken(system: Acting, tmp_path: Path) -> Take:
    """Take rows of one table in, as a file of their own."""

    def take(table: str, *rows: dict[str, str], mapping: str = "") -> Done:
        path = write(tmp_path, f"{len(list(tmp_path.iterdir()))}.csv", rows)
        return take_in(by=system, kind="rms", paths=[path], mapping=mapping.encode() if mapping else None)

    return take


def crime(number: int, **said: str) -> dict[str, str]:
    return row("rms", "crimes", number, **{"ptiurn": "", **said})


def cases_of(by: Acting) -> dict[str, int]:
    called = CaseReference.objects.for_user(by).filter(kind=CaseReference.Kind.CRIME)
    return dict(called.values_list("value", "case_id"))


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize("filler", ["N/A", "Unknown", "0", "00000000000", "XXXX0000000", "01ZD0000000", "TBC"])
def test_crimes_whose_case_reference_is_a_filler_are_no_case_together_and_keep_what_was_said(
    filler: str, taken: Take, system: Acting
) -> None:
    taken("crimes", crime(1, ptiurn=filler), crime(2, ptiurn=filler))
    assert len(set(cases_of(system).values())) == 2
    assert not CaseReference.objects.for_user(system).filter(kind=CaseReference.Kind.PTIURN).exists()
    assert all(version.ptiurn for version in CaseVersion.objects.for_user(system))


def test_two_crimes_of_one_case_reference_are_one_case(taken: Take, system: Acting) -> None:
    taken("crimes", crime(1, ptiurn="01ZD0303208"), crime(2, ptiurn="01 ZD/0303208"))
    assert len(set(cases_of(system).values())) == 1


def test_a_case_reference_learned_within_a_batch_opens_no_case_beside(taken: Take, system: Acting) -> None:
    known = {"ptiurn": "01ZD0303208"}
    taken("crimes", crime(1), crime(1, **known, updated_at=LATER), crime(2, **known))
    assert len(set(cases_of(system).values())) == 1 == Case.objects.for_user(system).count()


@pytest.mark.rule("INT-01")
def test_the_case_reference_of_an_earlier_word_that_comes_late_is_not_the_cases(taken: Take, system: Acting) -> None:
    taken("crimes", crime(1, ptiurn="01ZD0303208", updated_at=LATER))
    taken("crimes", crime(1, ptiurn="01ZD0303999", updated_at=AT))
    taken("crimes", crime(2, ptiurn="01ZD0303999"))
    assert len(set(cases_of(system).values())) == 2


@pytest.mark.parametrize("first", [1, 2])
def test_a_case_of_two_crimes_is_closed_with_the_last_of_them(first: int, taken: Take, system: Acting) -> None:
    def stages() -> list[str]:
        return list(CaseStage.objects.for_user(system).order_by("id").values_list("stage", flat=True))

    same = {"ptiurn": "01ZD0303208"}
    taken("crimes", crime(1, stage="investigation", **same), crime(2, stage="investigation", **same))
    taken("crimes", crime(first, stage="closed", updated_at=LATER, **same))
    assert stages() == [Stage.INVESTIGATED]
    taken("crimes", crime(3 - first, stage="closed", updated_at=LATER, **same))
    assert stages() == [Stage.INVESTIGATED, Stage.CLOSED]


@pytest.mark.rule("CLK-01")
def test_a_stage_is_true_from_the_day_in_london_on_which_it_was_said(taken: Take, system: Acting) -> None:
    taken("crimes", crime(1, updated_at="2024-07-01 00:30"), crime(2, updated_at="2024-12-01 23:30"))
    days = CaseStage.objects.for_user(system).order_by("true_from").values_list("true_from", flat=True)
    assert [day.isoformat() for day in days] == ["2024-07-01", "2024-12-01"]


@pytest.mark.rule("IDN-01")
@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("NULL", "missing_id"),
        ("n/a", "missing_id"),
        ("nan", "missing_id"),
        ("#REF!", "missing_id"),
        ("1.23457E+11", "reference_rounded"),
        ("1.2345678901234568e+16", "reference_rounded"),
        ("1234567890123450.0", "reference_rounded"),
        ("P1\u200b", "characters_unreadable"),
    ],
)
def test_people_with_one_wrong_reference_do_not_become_one_person(
    reference: str, reason: str, taken: Take, system: Acting
) -> None:
    rows = [
        row("rms", "persons", n, person_ref=reference, surname=surname) for n, surname in enumerate(["Rees", "Lloyd"])
    ]
    done = taken("persons", *rows)
    assert (done.run.rejected, done.reconciled) == (2, True)
    assert {held.reason for held in HeldRow.objects.for_user(system)} == {reason}
    assert not SourceRecord.objects.for_user(system).exists()


def test_a_reference_that_need_not_be_there_is_blank_where_it_is_null(taken: Take) -> None:
    done = taken("outcomes", row("rms", "outcomes", 1, person_ref="NULL"), row("rms", "outcomes", 2, person_ref=""))
    assert (done.run.created, done.run.rejected) == (2, 0)


@pytest.mark.rule("IDN-01")
@pytest.mark.parametrize(
    "part",
    [
        '[persons.constants]\nperson_ref = "X"',
        'person_ref = "title"\n[persons.values.person_ref]\n"" = "X"',
        'person_ref = "title"\n[persons.values.person_ref]\nMr = "X"\nMs = "X"',
    ],
)
def test_a_mapping_that_gives_many_rows_one_reference_is_refused(part: str, taken: Take) -> None:
    words = f'kind = "rms"\n[persons.columns]\nsurname = "surname"\nupdated_at = "updated_at"\n{part}\n'
    with pytest.raises(Refusal, match=r"several rows one persons\.person_ref"):
        taken("persons", row("rms", "persons"), mapping=words)


@pytest.mark.rule("IDN-01")
def test_a_reference_of_several_columns_needs_each_of_them(taken: Take, system: Acting) -> None:
    words = """kind = "rms"
[persons.columns]
person_ref = ["title", "forenames"]
surname = "surname"
updated_at = "updated_at"
"""
    told = [("5", ""), ("", "5"), ("5", "6")]
    rows = [row("rms", "persons", n, title=one, forenames=other) for n, (one, other) in enumerate(told)]
    done = taken("persons", *rows, mapping=words)
    assert (done.run.created, done.run.rejected) == (1, 2)
    assert SourceRecord.objects.for_user(system).get().source_key == "persons/5 6"


@pytest.mark.rule("INT-01")
def test_a_word_said_in_the_future_is_held_back_because_nothing_true_would_ever_be_newer(
    taken: Take, system: Acting
) -> None:
    done = taken("crimes", crime(1, stage="closed", updated_at="2924-03-05 10:00"), crime(2))
    assert (done.run.created, done.run.rejected) == (1, 1)
    (held,) = open_rows(system, HeldRow.Why.REJECTED)
    assert (held.field, held.reason) == ("updated_at", "in_the_future")
    taken("crimes", crime(1, stage="charged"))
    told = crimes_of_cases(system, cases_of(system).values())
    assert {said.version.stage for several in told.values() for said in several} == {"charged", crime(2)["stage"]}


@pytest.mark.rule("INT-05")
def test_a_run_says_how_many_of_its_own_involvements_wait_whatever_joins_from_earlier_ones(
    system: Acting, tmp_path: Path
) -> None:
    def involved(*numbers: int) -> list[dict[str, str]]:
        return [row("rms", "involvements", n) for n in numbers]

    take_in(by=system, kind="rms", paths=[write(tmp_path / "1", "a.csv", involved(1, 2, 3))])
    files = [
        write(tmp_path / "2", "a.csv", involved(4, 5)),
        write(tmp_path / "2", "b.csv", [crime(n) for n in (1, 2, 3, 4)]),
        write(tmp_path / "2", "c.csv", [row("rms", "persons", n) for n in (1, 2, 3, 4)]),
    ]
    done = take_in(by=system, kind="rms", paths=files)
    assert done.run.warnings == {"role_waits": 1}
    assert RoleWaiting.objects.for_user(system).get().crime == "CRIME5"
    assert CaseRole.objects.for_user(system).count() == 4


def test_an_alias_without_a_name_is_none(taken: Take, system: Acting) -> None:
    taken("persons", row("rms", "persons", aliases="|; Sian | ;|Evans"))
    names = RecordedName.objects.for_user(system).values_list("given_names", "family_name")
    assert sorted(names) == [("", "Evans"), ("Sian", "")]


@pytest.mark.parametrize("year", ["0000", "0001-01-01", "9131", "1066-10"])
def test_a_year_in_which_nobody_living_was_born_is_held_back(year: str, taken: Take, system: Acting) -> None:
    done = taken("persons", row("rms", "persons", 1, date_of_birth=year), row("rms", "persons", 2))
    assert (done.run.created, done.run.rejected) == (1, 1)
    assert HeldRow.objects.for_user(system).get().reason == "year_not_meant"
    assert RecordVersion.objects.for_user(system).get().born_on == "1984-03-02"
