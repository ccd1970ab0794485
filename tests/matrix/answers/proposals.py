"""What the routes of `proposals` answer."""

from tests.matrix.answer import Answer, button, form, read
from tests.matrix.roles import HOME, PARTNER, TEAM

RESEARCHERS = ("pi", "co_investigator", "other_applicant")
WRITERS = ("pi", "co_investigator")
# Officers of the call's agencies, but for the one with a conflict of interest.
OFFICERS = tuple(role for role in (*HOME, *PARTNER) if role != "home_conflicted")

# Anybody who works in a funding agency has the list, with what its calls received.
ANY_OFFICER = (*HOME, *PARTNER, "other_home")
LETTER_READERS = OFFICERS

ANSWERS: dict[str, Answer] = {
    "proposals:mine": read(),
    "proposals:start": form(*RESEARCHERS, objects=("call",)),
    "proposals:tasks": read(*TEAM, objects=("draft",)),
    "proposals:core": form(*WRITERS, objects=("draft",)),
    # the call of the draft is open, its form frozen
    "proposals:form_preview": read("home_officer", "home_conflicted", objects=("call", 1, "facts")),
    "proposals:trial": Answer(
        ("draft_call",),
        get={200: ("home_officer", "home_conflicted")},
        post={302: ("home_officer", "home_conflicted")},
    ),
    # its sections are still blank: back to the list, with what is missing
    "proposals:trial_send": button("home_officer", objects=("trial",)),
    # nothing is prepared there: the page is read, and there is nothing to issue
    "proposals:form_versions": Answer(
        ("call",),
        get={200: ("home_officer", "home_conflicted")},
        post={404: ()},
    ),
    "proposals:form_version_drop": button("home_officer", "home_conflicted", objects=("call",), then=422),
    "proposals:form_changes": read(*TEAM, objects=("draft",)),
    "proposals:section_file": read(*TEAM, objects=("draft", "facts", "file")),
    "proposals:section": form(*WRITERS, objects=("draft", "section")),
    "proposals:budget": form(*WRITERS, objects=("draft",)),
    "proposals:check": read(*TEAM, objects=("draft",)),
    "proposals:preview": read(*TEAM, objects=("draft",)),
    # The partner PI would too; the team of the draft has another one, without an account.
    "proposals:sign": form("co_investigator", objects=("draft",), empty=302),
    "proposals:submit": form("pi", objects=("draft",), empty=302),
    "proposals:receipt": read(*TEAM, objects=("submitted",)),
    "proposals:submission_pdf": read(*TEAM, *OFFICERS, "reviewer", objects=("proposal",)),
    "proposals:reopen": button("pi", objects=("submitted",)),
    "proposals:extend": form("home_officer", objects=("unjudged",)),
    "proposals:withdraw": form("pi", objects=("draft",)),
    "proposals:team": read(*WRITERS, objects=("draft",)),
    "proposals:team_add": form(*WRITERS, objects=("draft",)),
    "proposals:team_change": form(*WRITERS, objects=("draft", "member")),
    "proposals:team_remove": form(*WRITERS, objects=("draft", "member"), empty=302),
    "proposals:grants": read(*WRITERS, objects=("draft",)),
    "proposals:grant_add": form(*WRITERS, objects=("draft",)),
    "proposals:grant_change": form(*WRITERS, objects=("draft", "grant")),
    "proposals:grant_remove": form(*WRITERS, objects=("draft", "grant"), empty=302),
    "proposals:awards": read(*WRITERS, objects=("draft",)),
    "proposals:award_add": form(*WRITERS, objects=("draft",)),
    "proposals:award_change": form(*WRITERS, objects=("draft", "award")),
    "proposals:award_remove": form(*WRITERS, objects=("draft", "award"), empty=302),
    # The team as it stands; whoever may read what was received, as it was submitted.
    "proposals:award_evidence": read(*TEAM, *OFFICERS, "reviewer", objects=("proposal", "evidenced_award")),
    "proposals:exchange": read(*WRITERS, objects=("draft",)),
    "proposals:exchange_add": form(*WRITERS, objects=("draft",)),
    "proposals:exchange_change": form(*WRITERS, objects=("draft", "exchange")),
    "proposals:exchange_remove": form(*WRITERS, objects=("draft", "exchange"), empty=302),
    "proposals:attachment": form(*WRITERS, objects=("draft",)),
    "proposals:attachment_file": read(*TEAM, objects=("draft",)),
    "proposals:office": read(*ANY_OFFICER),
    "proposals:office_export": read(*ANY_OFFICER, objects=("csv",)),
    "proposals:office_proposal": read(*OFFICERS, objects=("locked",)),
    # An agency's programme officers answer for it, and for no other.
    "proposals:eligibility": form("partner_officer", objects=("locked", "agency")),
    "proposals:award_verdict": form("partner_officer", objects=("locked", "locked_award")),
    # A second officer of the lead agency: the first one recorded it.
    "proposals:eligibility_confirm": button("home_approver", objects=("behalf", "behalf_verdict")),
    "proposals:award_confirm": button("home_approver", objects=("behalf", "behalf_award")),
    "proposals:eligibility_letter": read(*LETTER_READERS, objects=("behalf", "behalf_verdict")),
    "proposals:award_letter": read(*LETTER_READERS, objects=("behalf", "behalf_award")),
}
