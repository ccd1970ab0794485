"""What the routes of `projects` answer."""

from tests.matrix.answer import Answer, button, form, read
from tests.matrix.roles import HOME, MINISTRY, OFFICERS, PARTNER, TEAM

READERS = ("home_officer", "home_approver", *PARTNER, *MINISTRY, *TEAM, "institution")
# Programme officers of the owning agency, but for the one with a conflict of interest.
KEEPER = ("home_officer",)
ENVELOPE = ("programme", "home_agency")

ANSWERS: dict[str, Answer] = {
    "projects:projects": read(),
    "projects:decline": form("pi", objects=("adopted",)),
    "projects:project": read(*READERS, objects=("project",)),
    "projects:chart": read(*READERS, objects=("project",)),
    "projects:budget_csv": read(*READERS, objects=("project",)),
    "projects:ledger": read(*READERS, objects=("project",)),
    "projects:ledger_export": read(*READERS, objects=("project",)),
    "projects:payment": form(*KEEPER, objects=("project",)),
    "projects:change": form(*KEEPER, objects=("project",)),
    "projects:virement": form(*KEEPER, objects=("project",)),
    "projects:exception": form(*KEEPER, objects=("project",)),
    "projects:exception_approve": button("home_approver", objects=("cap_exception",)),
    "projects:exception_refuse": button("home_approver", objects=("cap_exception",)),
    "projects:condition": form(*KEEPER, objects=("condition",)),
    "projects:carry_over": form(*KEEPER, objects=("project",)),
    "projects:return": form(*KEEPER, objects=("project",)),
    "projects:correct": form(*KEEPER, objects=("project", "entry")),
    "projects:activate": button(*KEEPER, objects=("offered_project",)),
    "projects:end": button(*KEEPER, objects=("project",)),
    "projects:envelopes": read(*OFFICERS, *MINISTRY),
    "projects:envelopes_chart": read(*HOME, *MINISTRY, objects=ENVELOPE),
    "projects:envelopes_csv": read(*HOME, *MINISTRY, objects=ENVELOPE),
}
