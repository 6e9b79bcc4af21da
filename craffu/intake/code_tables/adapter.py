"""Official code lists: the standing data of the Ministry of Justice as it publishes them, and our own reference layout."""

from craffu.intake.code_tables.apply import take_in
from craffu.intake.code_tables.correct import correct
from craffu.intake.code_tables.read import WANTED
from craffu.intake.code_tables.reasons import sentence
from craffu.intake.taking import Adapter

CODE_TABLES = Adapter(
    kind="code-tables",
    mapping_version="1",
    wanted=WANTED,
    take_in=take_in,
    reasons=sentence,
    correct=correct,
)
