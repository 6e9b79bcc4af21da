"""Made-up court messages that put a site into every state a page can be in."""

from tests.factories.court_messages import court_message, next_hearing, offence, result

ASN = "2563AA0100000000143K"
BAIL = (
    "Not to contact directly or indirectly Someone Else save via a solicitor;"
    "Not to enter Heol y Bont or Stryd Fawr until seen by a police officer"
)
HOSTILE = (
    "<script>window.__ran=1</script>",
    '"><img src=x onerror=window.__ran=1>',
    "javascript:window.__ran=1",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "'--><svg/onload=window.__ran=1>",
    "\u202eelpmaxe\u202c ŵŷẅẁẃ",
)


def bail_story() -> dict[str, bytes]:
    """Bail with conditions; its breach charged and denied; its breach proved and bail again: one story in three messages."""
    assault = dict(sequence="001", code="CJ88116", wording="Assaulted Someone Else by beating.")
    who = dict(
        asn=ASN, given_names=("Breichiog",), family_name="EXAMPLE", birth_date="1988-03-02", ptiurn="63AA0000143"
    )
    breach = dict(sequence="002", code="BA76004", wording="Failed to comply with the conditions of bail.")
    later = next_hearing(date="2025-04-26", time="13:30:00")
    return {
        "1.xml": court_message(
            **who,
            hearing_date="2025-03-26",
            bail_conditions=BAIL,
            offences=[
                offence(
                    **assault, plea="2", results=[result(text="Remanded on bail until 26/04/2025", next_hearing=later)]
                )
            ],
        ),
        "2.xml": court_message(
            **who,
            hearing_date="2025-04-10",
            bail_conditions=BAIL,
            offences=[
                offence(
                    **assault, plea="2", results=[result(text="Remanded on bail until 26/04/2025", next_hearing=later)]
                ),
                offence(
                    **breach,
                    plea="8",
                    results=[result(code="4027", text="Breach denied, adjourned", next_hearing=later)],
                ),
            ],
        ),
        "3.xml": court_message(
            **who,
            hearing_date="2025-04-26",
            bail_conditions=BAIL,
            offences=[
                offence(
                    **assault,
                    plea="2",
                    results=[result(text="Remanded on bail", next_hearing=next_hearing(date="2025-06-02"))],
                ),
                offence(
                    **breach,
                    plea="8",
                    finding="G",
                    conviction="2025-04-26",
                    final="Y",
                    results=[result(code=None, text="Breach found proved, re-admitted to bail")],
                ),
            ],
        ),
    }


def hostile() -> dict[str, bytes]:
    """Every free field holds something a careless page would run."""
    words = " ".join(HOSTILE)
    charge = offence(
        wording=words,
        location=HOSTILE[0],
        results=[
            result(text=words, next_hearing=next_hearing(reason=HOSTILE[1])),
            result(code="9991", text=HOSTILE[4]),
        ],
    )
    return {
        "hostile.xml": court_message(
            asn="2563AA0100000000666K",
            ptiurn="63AA0000666",
            title=HOSTILE[3],
            given_names=(HOSTILE[0], HOSTILE[1]),
            family_name=HOSTILE[4],
            bail_conditions=words,
            bail_reason=HOSTILE[1],
            address=(HOSTILE[0], HOSTILE[1]),
            offences=[charge],
        )
    }


def held_back() -> dict[str, bytes]:
    """One rejected, one parked, one amended, and one file that is no message at all."""
    dummy = "0800PP0100000000001H"
    return {
        "1-rejected.xml": court_message(ptiurn="XXXXXXXXX", family_name="REJECTED"),
        "2-first.xml": court_message(asn=dummy, ptiurn="63AA0000777", family_name="EXAMPLE", birth_date="1990-01-01"),
        "3-parked.xml": court_message(
            asn=dummy, ptiurn="63AA0000777", family_name="EXAMPLE", birth_date=None, hearing_date="2025-05-05"
        ),
        "4-amended.xml": court_message(
            asn=dummy, ptiurn="63AA0000777", family_name="EXAMPLE", birth_date="1990-01-01", bail_status="U"
        ),
        "5-refused.xml": b"<?xml version='1.0'?><CourtList/>",
    }


def inboxes() -> dict[str, dict[str, bytes]]:
    return {"bail-story": bail_story(), "hostile": hostile(), "held-back": held_back()}
