"""What a limit is, who may change it, and where it may be shown."""

import pytest

from craffu.orders.clocks.limits import Kind, Output, Verification, setting_change, show_limit, verification_of

pytestmark = pytest.mark.rule("CLK-14")


@pytest.mark.parametrize(
    ("kind", "allowed", "label"),
    [
        (Kind.LAW, False, "law"),
        (Kind.CODE, False, "Code"),
        (Kind.GUIDANCE, False, "guidance"),
        (Kind.POLICY, True, "force policy"),
    ],
)
def test_a_force_sets_its_own_policy_and_nothing_else(kind: Kind, *, allowed: bool, label: str) -> None:
    assert (setting_change(kind).allowed, setting_change(kind).label) == (allowed, label)


@pytest.mark.parametrize("output", [*Output, "text_message"])
@pytest.mark.parametrize("verification", list(Verification))
def test_what_is_not_confirmed_is_for_staff_alone(verification: Verification, output: str) -> None:
    found = show_limit(verification, output)
    unconfirmed = verification is Verification.UNVERIFIED
    assert found.computed
    assert found.mark == ("not confirmed" if unconfirmed else None)
    called_law = verification is Verification.POLICY and output == "law_text"
    assert found.shown is (output in {"staff_page", "staff_print"} if unconfirmed else not called_law)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VERIFIED", Verification.VERIFIED),
        ("VERIFIED (secondary)", Verification.VERIFIED),
        ("PARTLY", Verification.PARTLY),
        ("POLICY", Verification.POLICY),
        ("UNVERIFIED counting", Verification.UNVERIFIED),
        ("", Verification.UNVERIFIED),
        (None, Verification.UNVERIFIED),
        ("verified", Verification.UNVERIFIED),
    ],
)
def test_only_what_says_so_is_confirmed(text: str | None, expected: Verification) -> None:
    assert verification_of(text) is expected


def test_the_words_that_are_kept_and_asked_for_stay() -> None:
    assert [kind.value for kind in Kind] == ["law", "Code", "guidance", "policy"]
    assert [one.value for one in Output] == ["staff_page", "staff_print", "letter", "publication", "law_text"]
