"""How long a value of a court result may be to be stored; a longer one is never cut short (INT-03).

Codes that are too long are words in the wrong place; a name that is too long cannot be joined to anybody.
"""

from collections.abc import Mapping
from types import MappingProxyType

LONGEST: Mapping[str, int] = MappingProxyType(
    {
        # the person
        "title": 40,
        "given_names": 200,
        "family_name": 200,
        "gender": 2,
        "asn": 60,
        "pnc_id": 60,
        # the hearing
        "court_code": 10,
        "psa_code": 10,
        "present": 2,
        "bail_status": 2,
        # the offence
        "offence_code": 20,
        "date_code": 4,
        "plea": 4,
        "mode_of_trial": 6,
        "finding": 4,
        "convicting_court": 10,
        # the result and what comes next
        "result_code": 10,
        "next_court": 10,
        "next_bail_status": 2,
    }
)
