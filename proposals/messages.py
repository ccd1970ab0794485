"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from proposals import enums

VIOLATIONS: dict[str, object] = {
    "deadline_passed": _(
        "The deadline has passed. Nothing was changed; what counts is the version that was submitted before it."
    ),
    "call_not_open": _("This call does not take proposals at the moment."),
    "already_submitted": _("The proposal has been submitted already. Nothing was done twice."),
    "designation_not_of_call": _(
        "This call was not opened on that field and country. Choose one of the list."
    ),
    "designation_missing": _("Choose the field and the partner country."),
    "title_ja_missing": _("Enter the title in Japanese."),
    "title_en_missing": _("Enter the title in English."),
    "years_outside_call": _("This call is for %(least)s to %(most)s fiscal years."),
    "text_has_nul": _("The text holds a character that no text may have (NUL). Delete it and save again."),
    "text_too_long": _("%(over)s characters too many: at most %(limit)s are allowed."),
    "section_empty": _("Nothing is written here yet."),
    "section_unfinished": _("The text is there but not marked as completed."),
    "partner_leader_missing": _("Name the principal investigator of the partner team."),
    "partner_award_missing": _("Enter the award of the partner agency that the joint research rests on."),
    "dispatch_missing": _("Plan at least one stay abroad of a young researcher (dispatch plan)."),
    "budget_year_empty": _("FY%(year)s: nothing is asked for."),
    "budget_year_outside_term": _("FY%(year)s does not belong to the term of this proposal."),
    "budget_category_unknown": _("There is no such budget category."),
    "indirect_above_limit": _(
        "FY%(year)s: indirect cost is limited to %(percent)s%% of direct cost, rounded down: ¥%(limit)s. It is ¥%(over)s over."
    ),
    "cap_year_total_exceeded": _(
        "FY%(year)s: the total with indirect cost may be ¥%(limit)s at most. It is ¥%(over)s over."
    ),
    "cap_year_direct_exceeded": _(
        "FY%(year)s: the direct cost may be ¥%(limit)s at most. It is ¥%(over)s over."
    ),
    "cap_term_total_exceeded": _(
        "Over the whole term the total with indirect cost may be ¥%(limit)s at most. It is ¥%(over)s over."
    ),
    "cap_term_direct_exceeded": _(
        "Over the whole term the direct cost may be ¥%(limit)s at most. It is ¥%(over)s over."
    ),
    "reason_missing": _("Give the reason."),
    "extension_not_later": _("The new deadline must lie ahead, and after the one in force."),
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
