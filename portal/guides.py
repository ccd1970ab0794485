"""The guide: what each kind of person does here, step by step, in the order in which it is done."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# A sentence, translated when it is shown.
Words = Any


@dataclass(frozen=True)
class Step:
    """One thing to do, and where: `route` is the name of a page in the menu of those who do it, or none."""

    title: Words
    text: Words
    route: str = ""


@dataclass(frozen=True)
class Guide:
    """A chapter of the guide; `key` is its anchor on the page."""

    key: str
    title: Words
    steps: tuple[Step, ...]


APPLICANT = Guide(
    "applicants",
    _("Principal investigators and their teams"),
    (
        Step(
            _("Read the call"),
            _(
                "Every call tells who may apply, the caps, the criteria and the deadline. Its form can be read as a PDF before you sign in."
            ),
            "program:calls",
        ),
        Step(
            _("Complete your profile"),
            _(
                "Your name, ORCID iD and e-Rad researcher number are taken from your profile, so that you type them once."
            ),
            "accounts:profile",
        ),
        Step(
            _("Begin a proposal"),
            _(
                "“Begin a proposal” on the page of an open call makes a draft. The task list shows each section, its state and who edited it last; the order is yours."
            ),
            "proposals:mine",
        ),
        Step(
            _("Link the partner's award"),
            _(
                "Enter the award that the partner's principal investigator holds from an agency of the partner country. Its worth in yen is computed at a dated, sourced rate; what does not fit is told before you submit."
            ),
        ),
        Step(
            _("Have the content signed"),
            _(
                "The partner's principal investigator and the co-investigators sign one and the same content. A change of that content afterwards asks for the signatures again."
            ),
        ),
        Step(
            _("Check and submit"),
            _(
                "The check page lists everything that still lacks, with a link to each place. After submission you receive a receipt with a number and the time of the server. Until the deadline you may reopen the proposal; what you submitted last stays valid."
            ),
        ),
    ),
)
INSTITUTION = Guide(
    "institutions",
    _("Officers of research institutions and their deputies"),
    (
        Step(
            _("Say who belongs to the institution"),
            _(
                "Answer those who ask for a role at your institution, and give or end the roles of its researchers and officers."
            ),
            "accounts:memberships",
        ),
        Step(
            _("Set internal deadlines"),
            _(
                "For each open call you may set a day by which your researchers ask for approval (“Internal deadlines” on the page of approvals). They see it on their proposals and are warned once it has passed; it keeps nobody from asking."
            ),
        ),
        Step(
            _("Appoint a deputy"),
            _(
                "Somebody of your institution who has an account answers in your place, from one day to another (“Deputies” on the page of approvals). You may end it earlier."
            ),
        ),
        Step(
            _("Approve or return"),
            _(
                "Each request is told by mail and waits on this page, the nearest internal deadline first. Read the proposal there or as the PDF that reviewers will see, then approve it, or return it with a comment that the team reads. Nobody approves a proposal of their own team."
            ),
            "proposals:approvals",
        ),
        Step(
            _("When a proposal is changed afterwards"),
            _(
                "An approval is of one content. A change voids it, and you are asked again. What you approved too soon you may return until the proposal is submitted."
            ),
        ),
    ),
)
INVITED = Guide(
    "invited",
    _("Partners and co-investigators invited by a link"),
    (
        Step(
            _("Open the link of the mail"),
            _(
                "The link works once, until the time that the mail names. Press the button on its page to show that the e-mail is yours. You need no account; if your e-mail has one, you are asked to sign in."
            ),
        ),
        Step(
            _("Read what both sides share"),
            _(
                "You see title, field, term, sections, team and planned stays in full. The Japanese side’s budget and other grants are not shown to you."
            ),
        ),
        Step(
            _("Accept or decline"),
            _(
                "By accepting you join the team. If you decline, give a reason; the principal investigator is told. If your name is not written as you write it, correct it on the same page."
            ),
        ),
        Step(
            _("Sign the shared content"),
            _(
                "Co-investigators and the partner’s principal investigator sign exactly what the page shows. Once you have signed, the page says so with the day. If the content changes afterwards, you are told by mail and asked to sign again."
            ),
        ),
        Step(
            _("Propose another text"),
            _(
                "The partner’s principal investigator may propose another text for a title or a section. The team accepts it, or declines it with an answer."
            ),
        ),
        Step(
            _("If the link no longer works"),
            _(
                "Its page sends a new one to the same e-mail if you have opened the invitation before. With an account, sign in: the invitation stands under what waits for you. Otherwise ask the person who invited you."
            ),
        ),
    ),
)
REVIEWER = Guide(
    "reviewers",
    _("Reviewers"),
    (
        Step(
            _("Declare conflicts of interest"),
            _("The proposal opens only after your declaration. With a conflict you see nothing more of it."),
            "review:inbox",
        ),
        Step(
            _("Score and comment"),
            _(
                "Score each criterion on its scale, with the anchors in words beside it. “Not applicable” counts as no score, never as zero. What you save stays yours until you submit it."
            ),
        ),
        Step(
            _("Submit the review"),
            _(
                "A submitted review can be changed only if the agency that asked you gives it back, and not once the scores are locked."
            ),
        ),
    ),
)
AGENCY = Guide(
    "agencies",
    _("Officers and approvers of the Japanese agencies"),
    (
        Step(
            _("Prepare and open the call"),
            _(
                "Choose the designations, agencies, caps, dates, form and criteria. The checklist shows what still lacks before it can open."
            ),
            "program:calls",
        ),
        Step(
            _("Judge the eligibility"),
            _(
                "Each agency judges for itself. The applicant is told once, when every required agency has answered."
            ),
            "proposals:office",
        ),
        Step(
            _("Assign reviewers and lock the scores"),
            _(
                "Bring reviewers, assign them, and lock your agency's scores. The other agency's scores open when both have locked."
            ),
            "review:calls",
        ),
        Step(
            _("Decide together"),
            _(
                "An officer proposes the decision; it is adopted when the approvers of every required agency have said yes. Nobody can say yes for two agencies."
            ),
            "review:calls",
        ),
        Step(
            _("Keep the yearly budgets"),
            _(
                "Allocations, changes, carry-overs and payments are entries of a ledger that is only added to. No entry can go over a cap or an envelope; a cap is exceeded only by an exception that two people approve."
            ),
            "projects:projects",
        ),
        Step(
            _("Record outcomes and make reports"),
            _(
                "Stays and papers are recorded for each project. Outcome reports are made in the background and kept unchanged with their data."
            ),
            "reporting:projects",
        ),
    ),
)
PARTNER = Guide(
    "partner-agencies",
    _("Partner agencies"),
    (
        Step(
            _("Confirm the awards"),
            _("Confirm or refuse each award of your agency that a proposal names, with a reason."),
            "proposals:office",
        ),
        Step(
            _("Bring reviewers and lock your scores"),
            _("You see your own side until both have locked; nobody sees yours before."),
            "review:calls",
        ),
        Step(
            _("Decide for your own agency"),
            _(
                "Your approver answers. If your agency does not use the portal, an officer in Japan records its answer on behalf, with your letter and a second officer; every page then says so."
            ),
        ),
    ),
)
MINISTRY = Guide(
    "ministry",
    _("The ministry"),
    (
        Step(
            _("Gather evidence for a field and a partner country"),
            _(
                "Each item has its value, unit, year, source, a score from −2 to +2 with its reason, and a weight. The balance shows its arithmetic and which weight would turn it."
            ),
            "program:designations",
        ),
        Step(
            _("Consult and decide"),
            _(
                "Record the consultation with the Cabinet Office. One officer proposes, another decides; what was known on that day stays as it was."
            ),
            "program:designations",
        ),
        Step(
            _("Read the indicators"),
            _("Each figure leads to the records behind it, beside the baseline and its definition."),
            "reporting:indicators",
        ),
    ),
)
GUIDES = (APPLICANT, INVITED, INSTITUTION, REVIEWER, AGENCY, PARTNER, MINISTRY)
