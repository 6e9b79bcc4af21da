"""SEC-10: each kind of record names its law and with whom it is shared; who shares an installation shares no more than that."""

import pytest

from craffu.access.boundaries.rules import BOUNDARIES, JOINT, OF_TABLES, Basis, Of, With, kind_of, seen_by, unseen_by
from craffu.access.exports.rules import check_basis

pytestmark = pytest.mark.rule("SEC-10")


def test_every_kind_names_a_law_and_a_basis_or_that_it_is_not_shared() -> None:
    assert set(BOUNDARIES) == set(Of)
    for one in BOUNDARIES.values():
        basis = ", ".join(one.shared.values()) or "not shared"
        found = check_basis({"controller": "A force", "regime": one.regime, "sharing_basis": basis})
        assert found.stored, found


def test_the_commissioner_and_the_victim_service_see_what_is_theirs_and_nothing_else() -> None:
    assert seen_by(With.COMMISSIONER) == dict.fromkeys((Of.SURVEYS, Of.SCRUTINY, Of.PUBLISHED), Basis.FIGURES)
    assert seen_by(With.VICTIM_SERVICE) == {Of.VICTIMS: Basis.HER_CHOICE}
    for who in With:
        assert set(seen_by(who)) | set(unseen_by(who)) == set(Of)
        assert not set(seen_by(who)) & set(unseen_by(who))
    assert all(set(kinds) <= seen_by(who).keys() for who, kinds in JOINT.items())


def test_a_table_is_of_the_kind_of_its_package_but_where_another_is_named() -> None:
    assert kind_of("victims.View") is Of.VICTIMS
    assert kind_of("victims.SurveyAnswered") is Of.SURVEYS
    assert kind_of("nowhere.Table") is None
    assert all(kind_of(table) is of for table, of in OF_TABLES.items())
