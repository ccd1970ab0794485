"""The way from an empty dossier to the decision as a task list: what is done, what lacks, what comes next and for whom."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.violations import Violation, sentence
from program.enums import DesignationState as State
from program.models import Designation
from program.permissions import may_decide_designation, may_review_designation
from program.rules.dossier_steps import DossierStep, StepStatus, steps_to_decision
from program.signing import first_signatories, may_sign_first, people_named

TONES = {
    StepStatus.DONE: "success",
    StepStatus.NEXT: "info",
    StepStatus.OPEN: "neutral",
    StepStatus.OPTIONAL: "neutral",
    StepStatus.NOT_YET: "neutral",
}


def step_tasks(user: Any, designation: Designation, content: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows for components/task_list.html; `is_next` marks the step to be taken now."""
    if designation.state == State.WITHDRAWN:
        return []
    steps = steps_to_decision(
        state=designation.state,
        has_summary=bool(designation.summary_ja or designation.summary_en),
        evidence=len(content["evidence"]),
        weight=content["balance"]["weight"],
        policies=len(content["policies"]),
        consultations=len(content["consultations"]),
    )
    return [_task(user, designation, content, step) for step in steps]


def next_step(tasks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The step to be taken now."""
    return next((task for task in tasks if task["is_next"]), None)


def _task(user: Any, designation: Designation, content: dict[str, Any], step: DossierStep) -> dict[str, Any]:
    waits_for_another = step.status is StepStatus.NEXT and not _may_take(user, designation, step.key)
    return {
        "label": _label(step.key),
        "hint": _another(designation, step.key) if waits_for_another else _hint(step, content),
        "url": "" if waits_for_another else _url(designation, step),
        "state_label": _("waits for another officer") if waits_for_another else _status(step.status),
        "tone": "warning" if waits_for_another else TONES[step.status],
        "is_next": step.status is StepStatus.NEXT,
    }


def _may_take(user: Any, designation: Designation, key: str) -> bool:
    if key == "review":
        return may_review_designation(user, designation)
    if key == "sign":
        return may_sign_first(user, designation)
    return key != "decide" or may_decide_designation(user, designation)


def _label(key: str) -> str:
    return {
        "summary": _("Summary"),
        "evidence": _("Evidence of benefits and losses"),
        "weights": _("Weights"),
        "policies": _("Policy documents on which it rests"),
        "consultations": _("Consultation with the Cabinet Office"),
        "propose": _("Proposal of the designation"),
        "review": _("Review by another officer"),
        "sign": _("First signature of the decision"),
        "decide": _("Second signature of the decision"),
    }[key]


def _status(status: StepStatus) -> str:
    return {
        StepStatus.DONE: _("done"),
        StepStatus.NEXT: _("next step"),
        StepStatus.OPEN: _("to be done"),
        StepStatus.OPTIONAL: _("optional"),
        StepStatus.NOT_YET: _("cannot start yet"),
    }[status]


def _another(designation: Designation, key: str) -> str:
    if key == "sign":
        return _first(designation)
    if key == "review":
        return _("You have proposed it: another officer of the ministry reviews it.")
    return _("The second signature is given by an officer who neither proposed it nor signed first.")


def _first(designation: Designation) -> str:
    """Who may sign first, where the reader may not."""
    names = people_named(first_signatories(designation))
    violation = (
        Violation("signature_leaves_nobody", params={"names": names})
        if names
        else Violation("signature_without_second")
    )
    return sentence(violation)


def _hint(step: DossierStep, content: dict[str, Any]) -> str:
    counts = {
        "evidence": len(content["evidence"]),
        "policies": len(content["policies"]),
        "consultations": len(content["consultations"]),
    }
    if counts.get(step.key):
        count = counts[step.key]
        return ngettext("%(count)s recorded", "%(count)s recorded", count) % {"count": count}
    if step.status is StepStatus.DONE:
        return ""
    return {
        "summary": _("What the designation is for, in a few sentences that everybody may read."),
        "evidence": _("At least one measured figure with its source, a score from −2 to +2, and a reason."),
        "weights": _("At least one item has a weight above zero. Change an item to give it one."),
        "policies": _("At least one: a basic plan, a cabinet decision."),
        "consultations": _("When, with whom, on what, and what was answered."),
        "propose": _("When all of the above is done. The dossier is fixed from then on."),
        "review": _("Another officer than the proposer examines the dossier and writes down the result."),
        "sign": _("With the first and the last day on which it is in force."),
        "decide": _("By another officer than the first, and than the proposer. It is decided then."),
    }[step.key]


def _url(designation: Designation, step: DossierStep) -> str:
    """Where the step is taken; blank where it cannot be, or is done."""
    here = designation.public_id
    if designation.state != State.DRAFT and step.status is not StepStatus.NEXT:
        return ""
    if step.status is StepStatus.NOT_YET:
        return ""
    return {
        "summary": reverse("program:designation_summary", args=[here]),
        "evidence": reverse("program:evidence_add", args=[here]),
        "weights": "#evidence",
        "policies": reverse("program:policy_add", args=[here]),
        "consultations": reverse("program:consultation_add", args=[here]),
        "propose": "#moves",
        "review": reverse("program:designation_review", args=[here]),
        "sign": reverse("program:designation_sign", args=[here]),
        "decide": "#moves",
    }[step.key]
