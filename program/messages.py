"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from program import enums

VIOLATIONS: dict[str, object] = {
    # programme
    "programme_code_taken": _("Another programme has this code."),
    "programme_years_out_of_order": _("The last fiscal year lies before the first."),
    "programme_year_in_use": _("Envelopes lie after this fiscal year."),
    "programme_month_unknown": _("A fiscal year begins in a month from 1 to 12."),
    "fact_is_there": _("This source is already noted for the same matter."),
    "field_code_taken": _("Another field of the programme has this code."),
    "group_code_taken": _("Another group of countries has this code."),
    "group_without_countries": _("Choose at least one country."),
    "group_member_is_there": _("This country already belongs to the group on one of these days."),
    "group_member_is_not_there": _("This country does not belong to the group."),
    "indicator_is_there": _("The programme already has an indicator for this measure."),
    "year_outside_programme": _("This fiscal year lies outside of the programme."),
    "of_another_programme": _("This belongs to another programme."),
    "ends_before_it_starts": _("The last day lies before the first."),
    "reason_missing": _("Give the reason."),
    # envelopes
    "envelope_entry_sign": _(
        "A reduction is below zero; a request, an appropriation and an addition are above it."
    ),
    "envelope_below_committed": _(
        "More than the rest is already committed: the envelope would fall below it."
    ),
    "envelope_entry_needs_reason": _("Enter the reason for the entry."),
    # designations
    "designation_needs_country_or_group": _("Choose either a country or a group of countries."),
    "designation_needs_two_officers": _(
        "Two officers sign a decision: the second is neither the one who signed first nor the one who proposed it."
    ),
    "designation_reviewed_by_another": _(
        "Another officer than the one who proposed it reviews a designation."
    ),
    "review_comment_missing": _("Say what was examined, and with what result."),
    "designation_overlaps": _(
        "“%(name)s” is already designated from %(from)s to %(until)s: choose days outside of that time."
    ),
    "designation_overlaps_open": _(
        "“%(name)s” is already designated from %(from)s without an end: renew that designation, or withdraw it first."
    ),
    "effective_later": _("Enter today or an earlier day: nothing takes effect by itself later."),
    "effective_before_valid": _("The designation is valid from %(day)s: enter that day or a later one."),
    "effective_before_last": _("The last change took effect on %(day)s: enter that day or a later one."),
    "designation_not_to_be_renewed": _("Only a designation that was decided, and not withdrawn, is renewed."),
    "renewal_is_begun": _("The renewal of this designation is already being prepared."),
    "dossier_fixed": _("The dossier can be changed only while it is being prepared."),
    "dossier_without_evidence": _("Add at least one evidence item."),
    "dossier_without_weight": _("Give at least one evidence item a weight above zero."),
    "dossier_without_policy": _("Add at least one policy document on which the designation rests."),
    "dossier_without_consultation": _("Record the consultation with the Cabinet Office."),
    "evidence_without_measure": _("Say what is measured."),
    "evidence_without_unit": _("Give the unit of the value."),
    "evidence_without_source": _("Give the source: a figure without one is no evidence."),
    "evidence_without_reason": _("Give the reason for the score."),
    "evidence_weight_out_of_range": _("A weight is a whole number from 0 to %(most)s."),
    "evidence_score_out_of_range": _("A score runs from −2 to +2."),
    "evidence_score_of_other_sign": _("A benefit is scored zero or above, a loss zero or below."),
    "evidence_gone": _("An evidence item of the file was taken out of the dossier meanwhile."),
    "import_columns_missing": _("These columns lack: %(columns)s. The template has them all."),
    "import_columns_unknown": _(
        "These columns are not known: %(columns)s. Take them out, or name them as in the template."
    ),
    "import_columns_twice": _("These columns stand there more than once: %(columns)s."),
    "import_without_rows": _("The file has a heading and no row beneath it."),
    # calls
    "call_code_taken": _("Another call has this code."),
    "call_no_longer_prepared": _("The call has been opened: this can no longer be changed."),
    "call_has_ended": _("The call has ended."),
    "call_years_below_five": _("A call must permit five years or more."),
    "call_years_out_of_order": _("The least number of years is at least 1, and not above the most."),
    "call_mode_not_of_tier": _(
        "A joint call and a lead-agency call are tier 3; a call for partners already funded is tier 2 or 3."
    ),
    "indirect_percent_out_of_range": _("The share of indirect cost lies between 0 and 100 percent."),
    "deadline_not_after_opening": _("The deadline must lie after the opening."),
    "deadline_only_later": _(
        "The deadline of an open call can only be moved to a later time, and only before it comes."
    ),
    "call_opens_later": _("The time at which the call opens has not come yet."),
    "call_deadline_passed": _("The deadline has passed."),
    "call_still_open": _("The call can be closed once its deadline has come."),
    "call_without_designation": _("Choose at least one designation on which the call opens."),
    "call_designation_not_in_force": _("The designation “%(name)s” is not in force on %(day)s."),
    "call_designation_lapsed": _("The designation “%(name)s” lapsed on %(until)s: renew it."),
    "call_designation_suspended": _(
        "The designation “%(name)s” is suspended: no call opens on it meanwhile."
    ),
    "call_designation_withdrawn": _("The designation “%(name)s” has been revoked."),
    "call_designation_is_there": _("The call already opens on this designation."),
    "designation_not_decided": _("This designation has not been decided, or has been withdrawn."),
    "call_without_two_agencies": _("At least two agencies that must agree have to take part."),
    "call_without_lead_agency": _("The lead agency itself has to take part."),
    "call_agency_is_there": _("This agency already has a part in the call."),
    "not_a_funding_agency": _("Only a funding agency can take part in a call."),
    "lead_agency_signs_in": _("The lead agency answers for itself: nobody answers on its behalf."),
    "lead_agency_stays": _("The lead agency cannot leave its own call."),
    "call_without_yearly_cap": _("Set a cap for each fiscal year."),
    "cap_not_above_zero": _("A cap is above zero."),
    "cap_rate_missing": _("No exchange rate from %(currency)s to yen is known for %(day)s or before."),
    # form
    "form_fixed": _("The deadline has passed: the form can no longer be changed."),
    "call_without_form": _("The form needs at least one section."),
    "call_without_people_criterion": _("One criterion must look at people: it cannot be left out."),
    "section_key_taken": _("Another section has this key."),
    "section_key_malformed": _(
        "A key is made of small Latin letters, digits, - and _, and begins with a letter."
    ),
    "section_limit_out_of_range": _("A section takes from 1 to %(most)s characters."),
    "criterion_without_weight": _("A criterion’s weight is 1 or more."),
    "criterion_without_steps": _("The highest step of the scale must lie above the lowest."),
}

LABELS = [
    (enums.Tier.EXCHANGE, _("tier 1: ordinary exchange")),
    (enums.Tier.ONE_AGENCY, _("tier 2: one agency selects and funds")),
    (enums.Tier.BOTH_AGENCIES, _("tier 3: both agencies select and fund")),
    (enums.FundModel.MULTI_YEAR, _("fund over several years")),
    (enums.FundModel.SINGLE_YEAR, _("single-year budget")),
    (enums.EvidenceKind.BENEFIT, _("benefit")),
    (enums.EvidenceKind.LOSS, _("loss")),
    (enums.ImportedRow.NEW, _("new")),
    (enums.ImportedRow.CHANGED, _("changed")),
    (enums.ImportedRow.UNCHANGED, _("unchanged")),
    (enums.ImportedRow.WRONG, _("to be corrected")),
    (enums.DesignationState.DRAFT, _("being prepared")),
    (enums.DesignationState.PROPOSED, _("proposed")),
    (enums.DesignationState.REVIEWED, _("reviewed")),
    (enums.DesignationState.SIGNED, _("signed by one of two")),
    (enums.DesignationState.DECIDED, _("decided")),
    (enums.DesignationState.SUSPENDED, _("suspended")),
    (enums.DesignationState.WITHDRAWN, _("revoked")),
    (enums.DesignationEventKind.SUSPENDED, _("suspended")),
    (enums.DesignationEventKind.RESUMED, _("put in force again")),
    (enums.DesignationEventKind.ENDED, _("ended by its renewal")),
    (enums.DesignationEventKind.WITHDRAWN, _("revoked")),
    (enums.Standing.NOT_DECIDED, _("not decided yet")),
    (enums.Standing.NOT_YET, _("decided, not in force yet")),
    (enums.Standing.IN_FORCE, _("in force")),
    (enums.Standing.LAPSED, _("lapsed")),
    (enums.Standing.SUSPENDED, _("suspended")),
    (enums.Standing.WITHDRAWN, _("revoked")),
    (enums.VersionOccasion.PROPOSED, _("at the proposal")),
    (enums.VersionOccasion.DECIDED, _("at the decision")),
    (enums.VersionOccasion.RENEWED, _("taken over by the renewal")),
    (enums.VersionOccasion.KEPT, _("kept by an officer")),
    (enums.CallMode.PARTNER_FUNDED, _("partner already funded")),
    (enums.CallMode.JOINT_CALL, _("joint call")),
    (enums.CallMode.LEAD_AGENCY, _("lead agency")),
    (enums.AgreementModel.BOTH_RECOMMEND, _("both agencies must recommend")),
    (enums.AgreementModel.NEGOTIATION, _("separate reviews, then negotiation")),
    (enums.AgreementModel.JOINT_PANEL, _("a joint panel ranks")),
    (enums.AgreementModel.LEAD_CONFIRMED, _("the lead agency evaluates, the other confirms")),
    (enums.CallState.DRAFT, _("being prepared")),
    (enums.CallState.OPEN, _("open")),
    (enums.CallState.CLOSED, _("closed")),
    (enums.CallState.REVIEW, _("under review")),
    (enums.CallState.DECIDED, _("decided")),
    (enums.CallState.CANCELLED, _("cancelled")),
    (enums.CapBasis.TOTAL, _("total, indirect cost included")),
    (enums.CapBasis.DIRECT, _("direct cost only")),
    (enums.CapPeriod.FISCAL_YEAR, _("a fiscal year")),
    (enums.CapPeriod.WHOLE_TERM, _("the whole term")),
    (enums.ScaleDirection.HIGH_IS_BEST, _("the highest is best")),
    (enums.ScaleDirection.LOW_IS_BEST, _("the lowest is best")),
    (enums.CriterionAspect.EXCELLENCE, _("scientific excellence")),
    (enums.CriterionAspect.PARTNER, _("the partner and the collaboration")),
    (enums.CriterionAspect.PEOPLE, _("people")),
    (enums.CriterionAspect.PLAN, _("plan, team and budget")),
    (enums.CriterionAspect.PRIORITY, _("benefit to Japan’s priorities")),
    (enums.SectionKind.TEXT, _("text")),
    (enums.EnvelopeEntryKind.REQUEST, _("request")),
    (enums.EnvelopeEntryKind.APPROPRIATION, _("appropriation")),
    (enums.EnvelopeEntryKind.ADDITION, _("addition")),
    (enums.EnvelopeEntryKind.REDUCTION, _("reduction")),
    (enums.IndicatorKind.OUTPUT, _("output indicator")),
    (enums.IndicatorKind.OUTCOME, _("outcome indicator")),
    (enums.IndicatorMeasure.DISPATCHED, _("researchers dispatched (mid/long-term)")),
    (enums.IndicatorMeasure.RECEIVED, _("researchers received (mid/long-term)")),
    (enums.IndicatorMeasure.COAUTHORED_PAPERS, _("international co-authored papers")),
    (enums.EvaluationKind.EX_ANTE, _("ex-ante evaluation")),
    (enums.EvaluationKind.INTERIM, _("interim evaluation")),
    (enums.EvaluationKind.EX_POST, _("ex-post evaluation")),
    (enums.EvaluationKind.FOLLOW_UP, _("follow-up evaluation")),
]
