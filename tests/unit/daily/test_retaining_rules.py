"""SEC-09: which texts tell of whoever is erased, and which of somebody else whose number or name only begins like theirs."""

import pytest

from craffu.daily.retaining.rules import Said, teller_of

pytestmark = pytest.mark.rule("SEC-09")


def numbers(*some: str) -> Said:
    return Said(numbers=frozenset(some))


def emails(*some: str) -> Said:
    return Said(emails=frozenset(some))


def phones(*some: str) -> Said:
    return Said(phones=frozenset(some))


def who(*some: tuple[str, str, str]) -> Said:
    return Said(identities=frozenset(some))


MOBILE = phones("07700 900001")
ANN = who(("Ann", "Lee", "1980-03-01"))
AT_HOME = who(("Ann", "Lee", "7 High Street\nLlanelli\nSA15 1AA"))

TELLS = (
    (numbers("CRIME1"), "CRIME1"),
    (numbers("A123"), "A123"),
    (numbers("CRIME1"), "CRIME12 and then CRIME1"),
    (numbers("CRIME1"), "crime1/person2/suspect"),
    (numbers("CRIME1"), '{"crime_ref": "CRIME1", "words": "..."}'),
    (numbers("CRIME1"), "of (CRIME1), CRIME1A and CRIME1-2"),
    (numbers("CRIME1"), "of\\nCRIME1 and others"),
    (numbers("CRIME1"), "PC12CRIME1"),
    (numbers("42/1234/24"), "42/1234/24/7"),
    (numbers("42/1234/24"), "No. 42/1234/24-OIC"),
    (numbers("1234/24"), "42/1234/24"),
    (numbers("DP-20240101-001"), "see DP-20240101-001."),
    (numbers("DP 2024 1"), "DP  2024\n1"),
    (numbers("80/1234A"), "PNC80/1234A"),
    (numbers("#1234#"), "1#1234#1"),
    (numbers("CAF\u00c91"), 'caf\\u00e91'),
    (numbers("CRIME1", "CRIME2", "CRIME3"), "CRIME3"),
    (emails("ann@x.org"), "ANN@X.ORG"),
    (emails("ann@x.org"), "mailto:ann@x.org."),
    (emails("ann@x.org"), "<ann@x.org>, 'ann@x.org'; jo/ann@x.org"),
    (emails("ann@x.org"), "joann@x.org;ann@x.org"),
    (emails("ann@x.org"), "wrote...ann@x.org - and rang"),
    (emails("ann@x.org"), "ann@x.org-home"),
    (emails("ann@x.org"), '"body": "Hello\\nann@x.org\\nBye"'),
    (MOBILE, "07700 900001"),
    (MOBILE, "rang 07700900001 twice"),
    (MOBILE, "07700-900 001, (07700) 900001"),
    (MOBILE, "+44 7700 900001"),
    (MOBILE, "0044 (0)7700 900001"),
    (MOBILE, "447700900001"),
    (MOBILE, "as a spreadsheet has it: 7700900001,"),
    (MOBILE, "07700 900001 2 calls"),
    (MOBILE, "12 07700900001/07700900002"),
    (phones("07700900001"), "07700 900001"),
    (phones("+44 (0)7700 900001"), "07700 900001"),
    (phones("447700900001"), "07700900001"),
    (phones("+353 86 123 4567"), "+353861234567"),
    (phones("440000"), "440000"),
    (phones("07700 900001 (mum)"), "ring 07700 900001 (mum)"),
    (ANN, "Ann Lee, born 1980-03-01"),
    (ANN, '{"surname": "LEE", "forenames": "ANN", "born": "1980-03-01"}'),
    (ANN, "Ann-Marie Lee 1980/03/01"),
    (ANN, "lee\\nann\\n1980-03-01T00:00"),
    (who(("Ann Mair", "Lee", "1980")), "Ann  Mair Lee, 1980"),
    (who(("Si\u00e2n", "Lee", "1980")), "Sia\u0302n Lee 1980"),
    (who(("Ann", "Lee", "Flat 2B, The Row")), "ann lee of flat 2b the row"),
    (AT_HOME, "Ann,Lee,7 High Street,Llanelli,SA15 1AA"),
    (who(("Bo", "Lee", "1980"), ("Ann", "Lee", "1980")), "Ann Lee 1980"),
)  # fmt: skip

OF_OTHERS = (
    (numbers("CRIME1"), "CRIME12"),
    (numbers("CRIME1"), "ACRIME1, CRIME10 and CRIME 1"),
    (numbers("CRIME1"), ""),
    (numbers("42/1234/24"), "142/1234/24 and 42/1234/245"),
    (numbers("80/1234A"), "80/1234AB and 180/1234A"),
    (numbers("42/1234/24"), "24/1234/42"),
    (numbers("1.34"), "1234"),
    (numbers("A12"), "A12"),
    (numbers("----"), "----"),
    (emails("ann@x.org"), "joann@x.org"),
    (emails("ann@x.org"), "jo.ann@x.org, jo-ann@x.org, jo_ann@x.org, jo+ann@x.org, o'ann@x.org, 1ann@x.org"),
    (emails("ann@x.org"), "ann@x.org.uk, ann@x.organic, ann@x.org1, ann@x.org-y.com"),
    (emails("unknown"), "unknown"),
    (MOBILE, "077009000012"),
    (MOBILE, "107700900001"),
    (MOBILE, "07700 900002"),
    (MOBILE, "07700 words 900001"),
    (phones("unknown", "none", "+"), "unknown none +"),
    (phones("0000000000"), "0000000000"),
    (phones("0123"), "0123"),
    (phones("07700 900001 (mum)"), "ring 07700 900001 (dad)"),
    (phones("ext. 12"), "ext. 12"),
    (ANN, "Joanne Lee, born 1980-03-01"),
    (ANN, "Ann Leeson, born 1980-03-01"),
    (ANN, "Ann Lee, born 1980-03-012"),
    (ANN, "Ann Lee"),
    (ANN, "Ann 1980-03-01"),
    (AT_HOME, "Ann Lee of 17 High Street, Llanelli, SA15 1AA"),
    (who(("", "Lee", "1980")), "Lee 1980"),
    (who(("Ann", "Lee", "2B")), "Ann Lee 2 B"),
    (Said(), "anything"),
)  # fmt: skip


@pytest.mark.parametrize(("said", "text"), TELLS)
def test_a_text_tells_of_them(said: Said, text: str) -> None:
    assert teller_of(said)(text)


@pytest.mark.parametrize(("said", "text"), OF_OTHERS)
def test_a_text_is_of_somebody_else(said: Said, text: str) -> None:
    assert not teller_of(said)(text)
