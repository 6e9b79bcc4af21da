"""An invented form of an invented tool, as a force would load one: the one in the documentation."""

import json
import re
from pathlib import Path
from typing import Any

from craffu.access.acting import Acting
from craffu.cases.risk.forms.actions import load_form
from craffu.cases.risk.forms.models import RiskForm
from craffu.cases.risk.forms.reading import read_form

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "risk-forms.md"


def invented(**said: Any) -> dict[str, Any]:
    """The form of the documentation; `said` replaces what it names, and None leaves it out."""
    (text,) = re.findall(r"```json\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    names = {"schema": "$schema", "tool": "x-tool", "version": "x-version", "licence": "x-licence"}
    changed = {names.get(name, name): value for name, value in said.items()}
    return {name: value for name, value in {**json.loads(text), **changed}.items() if value is not None}


def as_file(form: dict[str, Any]) -> bytes:
    return json.dumps(form, ensure_ascii=False).encode()


def loaded(by: Acting, **said: Any) -> RiskForm:
    form: RiskForm = load_form(by=by, read=read_form(as_file(invented(**said))))
    return form
