"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    "support_type_missing": _("Choose the support type."),
    "support_type_not_of_call": _("This call does not offer that support type. Choose one of the list."),
    "years_outside_call": _("This call is for %(least)s to %(most)s fiscal years."),
    "years_outside_type": _("The support type “%(name)s” is for %(least)s to %(most)s fiscal years."),
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
    "section_unfinished": _("The text is there, but “This section is completed” is not ticked."),
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
    "asked_indirect_too_high_at": _(
        "%(institution)s, FY%(year)s: indirect cost is limited to %(percent)s%% of direct cost, rounded down: ¥%(limit)s. It is ¥%(over)s over."
    ),
    "budget_institution_unknown": _(
        "This institution is not one of a co-investigator in Japan. Add the co-investigator to the team first."
    ),
    "month_unknown": _("Choose a month."),
    "months_out_of_order": _("The joint research ends before it begins. Check its months."),
    "part_year_total_over_share": _(
        "FY%(year)s has %(months)s months. Their share of the yearly limit of ¥%(limit)s (total with indirect cost) is ¥%(share)s; it is ¥%(over)s over. The limit holds in full; give the reason in the proposal."
    ),
    "part_year_direct_over_share": _(
        "FY%(year)s has %(months)s months. Their share of the yearly limit of ¥%(limit)s (direct cost) is ¥%(share)s; it is ¥%(over)s over. The limit holds in full; give the reason in the proposal."
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
    "approval_missing": _("The institution has not been asked for its approval yet."),
    "approval_asked": _("The institution has not answered yet."),
    "approval_outdated": _(
        "The proposal was changed after approval was asked for. The principal investigator asks anew."
    ),
    "approval_returned": _("The institution has returned the proposal. Mend it and ask for approval again."),
    "approval_void": _(
        "The proposal was changed after the institution had approved it. Ask for approval anew."
    ),
    "approval_not_needed": _("This call does not ask for the institution’s approval."),
    "approval_given_already": _("The institution has approved what stands now."),
    "approval_asked_already": _("The institution was asked for this already, and has not answered yet."),
    "approval_before_complete": _("The proposal is not complete yet. Items still missing: %(n)s."),
    "signatures_missing": _("No signature to what stands now, from: %(names)s"),
    "changed_before_asking": _(
        "The proposal was changed while you read it, so the institution was not asked. Look at what stands now."
    ),
    "comment_missing": _("Say what is to be mended. The team reads it."),
    "internal_deadline_past": _("The internal deadline must not lie in the past."),
    "internal_deadline_late": _("The internal deadline must not lie after the call’s deadline."),
    "unwanted_too_many": _("At most %(most)s people may be named."),
    "reason_missing": _("Give the reason."),
    "extension_not_later": _("The new deadline must lie ahead, and after the one in force."),
    "correction_without_parts": _("Choose the parts that are to be corrected."),
    "correction_too_far": _("The correction must end within %(days)s days from now."),
    "correction_not_ahead": _("The deadline of the correction must lie ahead."),
    "part_not_returned": _(
        "The proposal was returned for the correction of other parts. This part cannot be changed, and nothing was."
    ),
    "decision_not_published": _(
        "The agencies have decided on this call and publish the results together. Once you have been told, you can withdraw no more; you can decline."
    ),
    "proposal_not_draft": _(
        "The proposal is not a draft any more, so nothing was changed. Reopen it first, as long as the deadline allows."
    ),
    "exchange_over_budget": _("The stays take %(planned)s, more than all that is asked for (%(asked)s)."),
    "block_not_taken_over": _(
        "Nothing was saved: this block is not in the table yet. Put it into the table with the button below, or empty this box."
    ),
    "role_is_the_pis": _("The proposal has its principal investigator already. Choose another role."),
    "partner_in_japan": _("The partner team works abroad. Choose the country of the institution there."),
    "member_decides": _(
        "This person decides for an agency of this call and cannot be on a team that applies to it."
    ),
    "member_twice": _("This person is on the team already."),
    "member_not_invited": _("Only co-investigators and the partner principal investigator are invited."),
    "invitation_email_missing": _("Enter the e-mail to which the invitation is sent."),
    "invitation_accepted": _("The invitation has been accepted. There is nothing to send again."),
    "mail_too_soon": _(
        "A mail was sent to this address less than a minute ago. Wait a minute before you send another."
    ),
    "signature_not_missing": _("This person has signed what stands now. There is nothing to ask for."),
    "change_changes_nothing": _("This is what stands there already. Change the text before you propose it."),
    "answer_to_change_missing": _("Write why the change is declined."),
    "invitation_not_open": _(
        "The invitation can be answered no more: it has expired, was revoked, or was declined. Ask the person who invited you to send it again."
    ),
    "invitation_of_an_account": _(
        "This e-mail belongs to an account. Sign in with it to answer the invitation."
    ),
    "invitation_person_on_team": _(
        "You are on the team of this proposal already. Tell the person who invited you: they take the second entry off the team."
    ),
    "member_is_the_pi": _(
        "This is the e-mail of the principal investigator, who is on the team already and cannot also be a partner or a co-investigator. Enter the other person’s own e-mail."
    ),
    "entry_removed": _("This entry was removed in the meantime, by somebody else or in another tab."),
    "entry_changed": _(
        "This entry was changed in the meantime, by somebody else or in another tab. Look at it again before you remove it."
    ),
    "attachment_changed": _(
        "Another file was attached in the meantime, or the one that you saw was removed. What is attached now is shown above; what you do next is done to that."
    ),
    "email_twice": _(
        "Another member of the team has this e-mail. Each member needs an address of their own, because invitations are sent to it."
    ),
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
    "verdict_not_asked": _(
        "No verdict is asked for at this stage. Load the page again to see where the proposal stands."
    ),
    "verdict_missing": _("Choose the verdict."),
    "check_unanswered": _("Answer this item of the checklist."),
    "check_note_missing": _(
        "This item is not met, and the verdict is a yes: note why the proposal is eligible all the same."
    ),
    "one_person_two_agencies": _(
        "You have given another agency’s verdict on this proposal. Another person must answer for this agency."
    ),
    "letter_missing": _("Attach the letter in which the agency gave its answer."),
    "letter_date_missing": _("Enter the date of the letter."),
    "letter_dated_ahead": _("The letter’s date lies in the future."),
    "nothing_to_confirm": _(
        "There is nothing to confirm: the answer counts already, or the agency gave it itself."
    ),
    "place_unknown": _("There is no such place: %(names)s. Take one of the list."),
    "letter_part_missing": _("Fill this in: readers of both languages are written to."),
    "hold_not_ahead": _("Choose an instant that lies ahead."),
    "mails_without_addressee": _("None of these people has an address, so nothing would be sent."),
    "too_many_mails": _("%(n)s mails are too many for one run: at most %(most)s go at once. Filter further."),
    "mails_being_written": _("The mails are still being written. Wait until all of them are there."),
    "nothing_held": _("Nothing is held any more: the mails have gone, or are being sent."),
    "mail_not_uncertain": _("Only a mail of which nobody knows whether it went can be sent again."),
    "filter_name_missing": _("Give the filter a name."),
    "filter_too_long": _("The filter asks for too much to be saved. Shorten the words that are looked for."),
    "too_many_filters": _("At most %(most)s filters can be saved. Remove one that is no longer needed."),
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
    (enums.ProposalState.DECLINED, _("declined after the decision")),
    (enums.ApprovalState.ASKED, pgettext_lazy("approval", "waiting for the answer")),
    (enums.ApprovalState.APPROVED, pgettext_lazy("approval", "approved")),
    (enums.ApprovalState.RETURNED, pgettext_lazy("approval", "returned")),
    (enums.ApprovalState.REPLACED, pgettext_lazy("approval", "asked anew since")),
    (enums.TeamRole.PI, _("principal investigator")),
    (enums.TeamRole.CO_INVESTIGATOR, _("co-investigator")),
    (enums.TeamRole.PARTNER_PI, _("partner principal investigator")),
    (enums.TeamRole.PARTNER_MEMBER, _("member of the partner team")),
    (enums.AwardPoint.SUFFICIENCY, _("Sufficient funding")),
    (enums.AwardPoint.STANDING, _("Standing as a top researcher")),
    (enums.AwardPoint.FAIR_SHARE, _("Fair share of both sides")),
    (enums.AwardRole.PI, pgettext_lazy("award", "principal investigator")),
    (enums.AwardRole.CO_PI, pgettext_lazy("award", "co-principal investigator")),
    (enums.AwardRole.OTHER, pgettext_lazy("award", "other part")),
    (enums.ChangeTarget.TITLE_JA, _("Title in Japanese")),
    (enums.ChangeTarget.TITLE_EN, _("Title in English")),
    (enums.ChangeTarget.SECTION, _("section of the form")),
    (enums.ChangeState.OPEN, _("proposed change open")),
    (enums.ChangeState.ACCEPTED, _("proposed change accepted")),
    (enums.ChangeState.REJECTED, _("proposed change declined")),
    (enums.ChangeState.SUPERSEDED, _("proposed change replaced by a newer one")),
    (enums.InvitationState.PENDING, _("invited, not answered yet")),
    (enums.InvitationState.ACCEPTED, _("invitation accepted")),
    (enums.InvitationState.DECLINED, _("invitation declined")),
    (enums.InvitationState.REVOKED, _("invitation revoked")),
    (enums.InvitationState.EXPIRED, _("invitation expired")),
    (enums.BudgetCategory.GOODS, _("goods")),
    (enums.BudgetCategory.TRAVEL, _("travel")),
    (enums.BudgetCategory.PERSONNEL, _("personnel and honoraria")),
    (enums.BudgetCategory.OTHER, _("other")),
    (enums.BudgetCategory.INDIRECT, _("indirect cost")),
    (enums.FundingSource.OWN, _("own contribution of the institutions in Japan")),
    (enums.FundingSource.PARTNER, _("funds of the partner side, beside the award")),
    (enums.FundingSource.OTHER, _("others")),
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
    (enums.CheckAnswer.YES, pgettext_lazy("item of a checklist", "yes")),
    (enums.CheckAnswer.NO, pgettext_lazy("item of a checklist", "no")),
    (enums.CheckAnswer.NOT_APPLICABLE, pgettext_lazy("item of a checklist", "not applicable")),
    (enums.OfficeTask.VERDICT, _("eligibility to be judged")),
    (enums.OfficeTask.AWARD, _("partner award to be confirmed")),
    (enums.OfficeTask.ALERT, _("news of the partner award")),
    (enums.OfficeTask.OVERLAP, _("hint of overlap to be settled")),
    (enums.OfficeTask.CONFIRMATION, _("answer on behalf to be confirmed")),
    (enums.OfficeColumn.PI, _("Principal investigator")),
    (enums.OfficeColumn.INSTITUTION, _("Institution")),
    (enums.OfficeColumn.CALL, _("Call")),
    (enums.OfficeColumn.SUPPORT_TYPE, _("Support type")),
    (enums.OfficeColumn.STATE, _("State")),
    (enums.OfficeColumn.RECEIVED, _("Received at")),
    (enums.OfficeColumn.YEARS, _("Fiscal years")),
    (enums.OfficeColumn.ASKED, _("Asked for in all")),
    (enums.OfficeColumn.AWARDS, _("Award of the partner agency")),
    (enums.OfficeColumn.ELIGIBILITY, _("Eligibility")),
    (enums.OfficeColumn.OVERLAPS, _("Hints of overlap")),
    (enums.OfficeOrder.RECEIPT, _("by receipt number")),
    (enums.OfficeOrder.TITLE, _("by title")),
    (enums.OfficeOrder.PI, _("by principal investigator")),
    (enums.OfficeOrder.INSTITUTION, _("by institution")),
    (enums.OfficeOrder.STATE, _("by state")),
    (enums.OfficeOrder.ASKED_MOST, _("largest amount first")),
    (enums.OfficeOrder.ASKED_LEAST, _("smallest amount first")),
    (enums.OfficeOrder.RECEIVED_FIRST, _("received first at the top")),
    (enums.OfficeOrder.RECEIVED_LAST, _("received last at the top")),
    (enums.MailTo.PI, _("principal investigators")),
    (enums.MailTo.CO_INVESTIGATORS, _("co-investigators")),
    (enums.MailTo.PARTNER_PI, _("partner principal investigators")),
    (enums.MailTo.INSTITUTION_OFFICERS, _("institution officers")),
    (enums.AccessKind.READER, _("may read")),
    (enums.AccessKind.EXCLUDED, _("excluded")),
]
