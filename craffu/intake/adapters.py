"""Every kind of data that can be taken in, by the name it is asked for; what comes most often stands first."""

from craffu.intake.code_tables.adapter import CODE_TABLES
from craffu.intake.court_results.adapter import COURT_RESULTS
from craffu.intake.published_tables.adapter import PUBLISHED_TABLES
from craffu.intake.records.adapter import RECORDS
from craffu.intake.taking import Adapter

ADAPTERS: dict[str, Adapter] = {
    adapter.kind: adapter for adapter in (CODE_TABLES, COURT_RESULTS, *RECORDS, *PUBLISHED_TABLES)
}
