"""Court result messages (ResultedCaseMessage), as a magistrates' court sends them to the police after a hearing."""

from craffu.intake.court_results import MAPPING_VERSION
from craffu.intake.court_results.apply import KIND, take_in
from craffu.intake.court_results.correct import correct
from craffu.intake.court_results.read import WANTED
from craffu.intake.court_results.sentences import sentence
from craffu.intake.taking import Adapter

COURT_RESULTS = Adapter(
    kind=KIND,
    mapping_version=MAPPING_VERSION,
    wanted=WANTED,
    take_in=take_in,
    reasons=sentence,
    correct=correct,
)
