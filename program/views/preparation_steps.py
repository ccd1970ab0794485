"""The steps by which a call is prepared, and what each of them still lacks."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kernel.violations import Violation, sentence
from program.calendar import out_of_order
from program.contributions import trial_pages
from program.models import Call
from program.views.calls import address

STEPS = (
    (
        "call_change",
        ("mode", "max_years", "min_years", "deadline_at", "notice_deadline_at", "opens_at", "summary"),
    ),
    ("call_designations", ("designations",)),
    ("call_agencies", ("agencies",)),
    ("call_caps", ("caps",)),
    ("call_support_types", ("support_types",)),
    ("call_milestones", ("milestones",)),
    ("call_documents", ("documents",)),
    ("call_form", ("form",)),
)
# What a call may do without, and where it stands.
OPTIONAL = {
    "call_support_types": "support_types",
    "call_milestones": "milestones",
    "call_documents": "documents",
}


def titles() -> dict[str, str]:
    return {
        "call_change": _("Title, mode, dates and years"),
        "call_designations": _("Designations"),
        "call_agencies": _("Agencies"),
        "call_caps": _("Caps"),
        "call_support_types": _("Support types"),
        "call_milestones": _("Milestones"),
        "call_documents": _("Documents"),
        "call_form": _("Form and criteria"),
    }


def tasks_of(
    call: Call, lacks: Sequence[Violation], warnings: Sequence[Violation] = ()
) -> list[dict[str, Any]]:
    """The task list (components/task_list.html), each with whether it `lacks` something, in the order in which they are best
    taken."""
    own = [_task(call, name, fields, lacks, warnings) for name, fields in STEPS]
    return [*own, *_trials(call, lacks), _agreement(call, lacks)]


def _trials(call: Call, lacks: Sequence[Violation]) -> list[dict[str, Any]]:
    """The test of the form, where an app above offers one."""
    own = " ".join(sentence(violation) for violation in lacks if violation.field == "trial")
    return [
        {
            "label": _("Test submission"),
            "url": page(call),
            "hint": own,
            "state_label": _("lacks something") if own else _("complete"),
            "tone": "warning" if own else "success",
            "lacks": bool(own),
        }
        for page in trial_pages
    ]


def _agreement(call: Call, lacks: Sequence[Violation]) -> dict[str, Any]:
    """The agencies' agreement, the last step: a change of what they agreed to asks them again."""
    own = " ".join(sentence(violation) for violation in lacks if violation.field == "agreement")
    if own:
        state, tone = _("lacks something"), "warning"
    elif any(violation.field == "agencies" for violation in lacks):
        state, tone = _("cannot start yet"), "neutral"
    else:
        state, tone = _("complete"), "success"
    return {
        "label": _("Agreement of the agencies"),
        "url": address(call, "call_agencies"),
        "hint": own,
        "state_label": state,
        "tone": tone,
        "lacks": bool(own),
    }


def _task(
    call: Call,
    name: str,
    fields: Sequence[str],
    lacks: Sequence[Violation],
    warnings: Sequence[Violation],
) -> dict[str, Any]:
    """One step; what no call needs, and this one does not have, is optional and not complete. What is there and should be
    looked at once more keeps nothing from opening."""
    own = [sentence(violation) for violation in lacks if violation.field in fields]
    doubts = [sentence(violation) for violation in warnings if violation.field in fields]
    if name == "call_milestones":
        doubts += out_of_order(call)
    if own:
        state, tone = _("lacks something"), "warning"
    elif doubts:
        state, tone = _("to be looked at"), "warning"
    elif name in OPTIONAL and not getattr(call, OPTIONAL[name]).exists():
        state, tone = _("optional"), "neutral"
    else:
        state, tone = _("complete"), "success"
    return {
        "label": titles()[name],
        "url": address(call, name),
        "hint": " ".join([*own, *doubts]),
        "state_label": state,
        "tone": tone,
        "lacks": bool(own),
    }
