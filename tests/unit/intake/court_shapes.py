"""What the tests of shaping court results share: a handful of codes, and one message shaped."""

from craffu.intake.court_results.picking import Flag
from craffu.intake.court_results.raw import RawDefendant, RawMessage
from craffu.intake.court_results.read import read_message
from craffu.intake.court_results.records import ChargedOffence, CourtResult, DefendantHearing
from craffu.intake.court_results.shape import Rejected, Shaped, shape
from tests.factories import court_messages as courts
from tests.factories.court_messages import court_message, offence, result


class FewCodes:
    """A handful of each official list, for invented messages."""

    lists = {
        "offence": {courts.STALKING_WITHOUT_FEAR, courts.BREACH_OF_STALKING_PROTECTION_ORDER, "SX03001A"},
        "result": {courts.CONDITIONAL_BAIL, courts.RESTRAINING_ORDER, courts.STALKING_PROTECTION_ORDER, "1015"},
        "result-qualifier": {"JA", "RA"},
        "court": {"B63IE", "B63AD"},
        "psa": {"3252", "0413"},
        "plea": {"1", "2"},
        "verdict": {"G", "N"},
        "remand-status": {"A", "B", "C", "U"},
        "gender": {"1", "2"},
        "duration-unit": {"M", "Y"},
        "presence": {"A", "Y", "N"},
    }

    def known(self, list_name: str, code: str) -> bool:
        return code in self.lists[list_name]


def raws(data: bytes) -> tuple[RawDefendant, ...]:
    found = read_message(data)
    assert isinstance(found, RawMessage), found
    return found.defendants


def shaped(data: bytes) -> Shaped:
    (raw,) = raws(data)
    found = shape(raw, FewCodes())
    assert isinstance(found, Shaped), found
    return found


def record(**values: object) -> DefendantHearing:
    return shaped(court_message(**values)).record  # type: ignore[arg-type]


def the_offence(**values: object) -> ChargedOffence:
    return record(offences=[offence(**values)]).offences[0]  # type: ignore[arg-type]


def the_result(**values: object) -> CourtResult:
    return the_offence(results=[result(**values)]).results[0]  # type: ignore[arg-type]


def flags(data: bytes) -> list[Flag]:
    return list(shaped(data).flags)


def codes(data: bytes) -> list[str]:
    return [flag.code for flag in flags(data)]


def rejected(data: bytes) -> Rejected:
    found = shape(raws(data)[0], FewCodes())
    assert isinstance(found, Rejected), found
    return found
