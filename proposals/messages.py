"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from proposals import enums

VIOLATIONS: dict[str, object] = {
    "deadline_passed": _(
        "The deadline has passed. Nothing was changed; what counts is the version that was submitted before it."
    ),
    "proposal_not_draft": _(
        "The proposal is not a draft any more, so nothing was changed. Reopen it first, as long as the deadline allows."
    ),
}

LABELS = [
    (enums.ProposalState.DRAFT, _("draft")),
    (enums.ProposalState.SUBMITTED, _("submitted")),
    (enums.ProposalState.LOCKED, _("received, eligibility being checked")),
    (enums.ProposalState.ELIGIBLE, _("eligible, under review")),
    (enums.ProposalState.INELIGIBLE, _("not eligible")),
    (enums.ProposalState.ADOPTED, _("adopted")),
    (enums.ProposalState.RESERVED, _("on the reserve list")),
    (enums.ProposalState.NOT_ADOPTED, _("not adopted")),
    (enums.ProposalState.WITHDRAWN, _("withdrawn")),
    (enums.TeamRole.PI, _("principal investigator")),
    (enums.TeamRole.CO_INVESTIGATOR, _("co-investigator")),
    (enums.TeamRole.PARTNER_PI, _("partner principal investigator")),
    (enums.TeamRole.PARTNER_MEMBER, _("member of the partner team")),
    (enums.BudgetCategory.GOODS, _("goods")),
    (enums.BudgetCategory.TRAVEL, _("travel")),
    (enums.BudgetCategory.PERSONNEL, _("personnel and honoraria")),
    (enums.BudgetCategory.OTHER, _("other")),
    (enums.BudgetCategory.INDIRECT, _("indirect cost")),
    (enums.ExchangeDirection.DISPATCH, _("dispatch from Japan")),
    (enums.ExchangeDirection.ACCEPTANCE, _("acceptance in Japan")),
    (enums.CareerStage.MASTER, _("master’s student")),
    (enums.CareerStage.DOCTORAL, _("doctoral student")),
    (enums.CareerStage.POSTDOC, _("postdoctoral researcher")),
    (enums.CareerStage.FACULTY, _("faculty member")),
    (enums.Verdict.YES, _("yes")),
    (enums.Verdict.NO, _("no")),
    (enums.AccessKind.READER, _("may read")),
    (enums.AccessKind.EXCLUDED, _("excluded")),
]
