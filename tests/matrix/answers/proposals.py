"""What the routes of `proposals` answer."""

from tests.matrix.answer import Answer, button, form, read
from tests.matrix.roles import HOME, PARTNER, TEAM

RESEARCHERS = ("pi", "co_investigator", "other_applicant")
WRITERS = ("pi", "co_investigator")
# Officers of the call's agencies, but for the one with a conflict of interest.
OFFICERS = tuple(role for role in (*HOME, *PARTNER) if role != "home_conflicted")

ANSWERS: dict[str, Answer] = {
    "proposals:mine": read(),
    "proposals:start": form(*RESEARCHERS, objects=("call",)),
    "proposals:tasks": read(*TEAM, objects=("draft",)),
    "proposals:core": form(*WRITERS, objects=("draft",)),
    "proposals:section": form(*WRITERS, objects=("draft", "section")),
    "proposals:budget": form(*WRITERS, objects=("draft",)),
    "proposals:check": read(*TEAM, objects=("draft",)),
    "proposals:preview": read(*TEAM, objects=("draft",)),
    "proposals:submit": form("pi", objects=("draft",), empty=302),
    "proposals:receipt": read(*TEAM, objects=("submitted",)),
    "proposals:submission_pdf": read(*TEAM, *OFFICERS, "reviewer", objects=("proposal",)),
    "proposals:reopen": button("pi", objects=("submitted",)),
    "proposals:extend": form("home_officer", objects=("submitted",)),
    "proposals:withdraw": form("pi", objects=("draft",)),
}
