"""Every table that another system sends of victims and that is recorded of them as it comes: witness care and surveys (INT-01).

No two have a name in common.
"""

from collections.abc import Mapping
from typing import Final

from craffu.victims.surveys.tables import TABLES as SURVEYS
from craffu.victims.witness_care.tables import TABLES as WITNESS_CARE
from craffu.victims.witness_care.tables import Table

RECEIVED: Final[Mapping[str, Table]] = {**WITNESS_CARE, **SURVEYS}
