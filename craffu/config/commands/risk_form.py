"""`craffu risk-form load FILE`: a licensed force loads its own form of a risk tool, a version at a time (RSK-01; ADR 32)."""

import argparse
import json
from pathlib import Path
from typing import Any

from craffu.access.acting import Acting
from craffu.cases.risk.forms.actions import load_form
from craffu.cases.risk.forms.models import RiskForm
from craffu.cases.risk.forms.permissions import check_can_load_form
from craffu.cases.risk.forms.queries import forms_loaded
from craffu.cases.risk.forms.reading import UnfitForm, read_form
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        check_can_load_form(by)
        shown = [_load(by, args.file)] if args.action == "load" else forms_loaded(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    answer = [_told(form) for form in shown]
    print(json.dumps({"forms": answer}, ensure_ascii=False) if args.json else _in_words(answer))
    return DONE


def _load(by: Acting, file: str | None) -> RiskForm:
    if not file:
        raise NotCarriedOut("Say which file: craffu risk-form load FORM.json")
    try:
        form: RiskForm = load_form(by=by, read=read_form(Path(file).read_bytes()))
    except OSError as fault:
        raise NotCarriedOut(f"{file} cannot be read: {fault.strerror}. Check its name and who may read it.") from fault
    except UnfitForm as fault:
        raise NotCarriedOut(f"Nothing was loaded. {fault}") from fault
    return form


def _told(form: RiskForm) -> dict[str, Any]:
    return {"form": form.reference, "tool": form.tool, "version": form.version, "licence": form.licence_ref}


def _in_words(answer: list[dict[str, Any]]) -> str:
    lines = [f"{one['form']}  {one['tool']} {one['version']}  licence {one['licence']}" for one in answer]
    return "\n".join(lines) or "No form has been loaded. Assessments name the tool they were made with."
