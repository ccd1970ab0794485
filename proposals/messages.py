"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from proposals import enums

VIOLATIONS: dict[str, object] = {
    "deadline_passed": _(
        "The deadline has passed. Nothing was changed; if a version was submitted before it, that version counts."
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
    "text_over_limit": _("%(over)s characters too many: at most %(limit)s are allowed."),
    "text_over_words": _("%(over)s words too many: at most %(limit)s are allowed."),
    "answer_missing": _("“%(name)s” is not filled in yet."),
    "answer_not_offered": _("Choose one of the list."),
    "answer_without_name": _("Enter the name."),
    "answer_too_small": _("Enter %(least)s or more."),
    "answer_too_large": _("Enter %(most)s or less."),
    "characters_not_printable": _(
        "These characters cannot be printed and become 〓 in the PDF: %(characters)s"
    ),
    "section_empty": _("Nothing is written here yet."),
    "section_unfinished": _("The text is there but not marked as completed."),
    "partner_leader_missing": _("Name the principal investigator of the partner team."),
    "partner_award_missing": _("Enter the award of the partner agency that the joint research rests on."),
    "dispatch_missing": _("Plan at least one stay abroad of a young researcher (dispatch plan)."),
    "stays_outside_term": _("Planned stays that do not lie within the term of the joint research: %(n)s."),
    "budget_year_empty": _("FY%(year)s: nothing is asked for."),
    "budget_year_outside_term": _("FY%(year)s does not belong to the term of this proposal."),
    "budget_category_unknown": _("There is no such budget category."),
    "asked_indirect_too_high": _(
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
    "role_is_the_pis": _("The proposal has its principal investigator already. Choose another role."),
    "partner_in_japan": _("The partner team works abroad. Choose the country of the institution there."),
    "member_decides": _(
        "This person decides for an agency of this call and cannot be on a team that applies to it."
    ),
    "member_twice": _("This person is on the team already."),
    "effort_out_of_range": _("Enter a share of working time from 0 to 100 percent."),
    "effort_over": _(
        "FY%(first)s: the effort of %(name)s comes to %(total)s%% (this proposal %(here)s%%, other proposals and projects in this portal %(elsewhere)s%%, other grants %(grants)s%%). It may be 100%% at most."
    ),
    "effort_over_years": _(
        "FY%(first)s to FY%(last)s: the effort of %(name)s comes to %(total)s%% a year (this proposal %(here)s%%, other proposals and projects in this portal %(elsewhere)s%%, other grants %(grants)s%%). It may be 100%% at most."
    ),
    "core_changed": _(
        "The proposal was changed while you read it, so nothing was signed. Read what stands now and sign that."
    ),
    "member_of_another_team": _("Choose somebody of this team."),
    "pi_stays": _("The principal investigator cannot be taken off the team."),
    "award_agency_not_of_call": _("This agency is no partner agency of the call."),
    "award_twice": _("This award is claimed in the proposal already."),
    "amount_too_fine": _("An amount in %(currency)s has %(digits)s decimals at most."),
    "award_too_large": _("The amount is too large to be real. Check it."),
    "ends_before_start": _("The end lies before the start."),
    "amount_not_above_zero": _("Enter an amount above zero."),
    "award_does_not_overlap": _("The award and the joint research do not overlap in time."),
    "award_ends_early": _("The award ends on %(ends)s, before the joint research does (%(project)s)."),
    "award_yen_unknown": _(
        "There is no exchange rate for %(currency)s: the yen value stays open, and the award counts as nothing wherever sums in yen are compared."
    ),
    "award_without_evidence": _(
        "No evidence of the award is attached, and it is in no register that the portal has."
    ),
    "award_insufficient": _(
        "In yen the award comes to ¥%(yearly)s a year, less than the call’s threshold of ¥%(threshold)s."
    ),
    "award_of_another_pi": _("The award’s principal investigator is not the partner PI of this proposal."),
    "award_claimed_elsewhere": _("Other submitted proposals claim the same award: %(n)s."),
    "stay_outside_project": _("The stay must lie within the joint research, from %(first)s to %(last)s."),
    "dispatch_to_japan": _("A dispatch leads abroad. Choose the host country."),
    "acceptance_outside_japan": _(
        "Somebody who is accepted stays in Japan. Choose Japan as the host country."
    ),
    "verdict_not_asked": _(
        "No verdict is asked for at this stage. Load the page again to see where the proposal stands."
    ),
    "verdict_missing": _("Choose the verdict."),
    "one_person_two_agencies": _(
        "You have given another agency’s verdict on this proposal. Another person must answer for this agency."
    ),
    "letter_missing": _("Attach the letter in which the agency gave its answer."),
    "letter_date_missing": _("Enter the date of the letter."),
    "letter_dated_ahead": _("The letter’s date lies in the future."),
    "nothing_to_confirm": _(
        "There is nothing to confirm: the answer counts already, or the agency gave it itself."
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
    (enums.GrantStatus.HELD, _("currently held")),
    (enums.GrantStatus.APPLIED, _("applied for")),
    (enums.Verdict.YES, _("yes")),
    (enums.Verdict.NO, _("no")),
    (enums.OfficeTask.VERDICT, _("eligibility to be judged")),
    (enums.OfficeTask.AWARD, _("partner award to be confirmed")),
    (enums.OfficeTask.CONFIRMATION, _("answer on behalf to be confirmed")),
    (enums.AccessKind.READER, _("may read")),
    (enums.AccessKind.EXCLUDED, _("excluded")),
]
