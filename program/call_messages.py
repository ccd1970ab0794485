"""The words of what is wrong with a call, and of its parts."""

from django.utils.translation import gettext_lazy as _

from program import enums

VIOLATIONS: dict[str, object] = {
    # caps
    "cap_is_there": _(
        "The call already has a cap of this kind in this currency: %(amount)s. Tick the box below to replace it."
    ),
    "cap_rate_missing": _(
        "No exchange rate from %(currency)s to yen is known: import the rates, or set the cap in another currency."
    ),
    "cap_rate_too_old": _(
        "The cap is fixed at a rate from %(currency)s to yen of %(day)s or at most %(days)s days before. The newest that is known is that of %(newest)s: import the rates."
    ),
    "cap_rate_pending": _(
        "The cap in %(currency)s is fixed in yen at the opening, at a rate of %(day)s or at most %(days)s days before. The newest that is known is that of %(newest)s: import the rates shortly before the opening."
    ),
    "cap_above_programme": _(
        "A yearly cap lies above the %(limit)s a project and fiscal year that the programme’s founding text names."
    ),
    "agreement_not_of_mode": _(
        "“The lead agency evaluates, the other confirms” is the way of a lead-agency call; this call has another mode."
    ),
    # agencies and designations
    "designation_without_agency": _(
        "No agency of the partner of the designation “%(name)s” takes part on the opening day."
    ),
    "agency_outside_designations": _("%(name)s belongs to no country on whose designation the call opens."),
    # dates
    "milestone_is_the_calls": _(
        "Opening, deadline and the deadline of the notice of intent are set with the call’s title and dates."
    ),
    "notice_not_asked": _(
        "The call asks for no notice of intent: leave its deadline blank, or choose that one is asked for."
    ),
    "notice_deadline_missing": _("Enter until when the notice of intent is to be given."),
    "notice_deadline_outside_call": _(
        "The notice of intent is due after the opening and before the deadline of the full proposal."
    ),
    "notice_deadline_only_later": _(
        "The deadline of the notice of intent can only be moved to a later time, and only before it has come."
    ),
    "call_notice_deadline_passed": _("The deadline of the notice of intent has passed."),
    "milestone_hour_of_several_days": _("Give either a time or a last day."),
    "milestone_on_saturday": _("%(day)s is a Saturday."),
    "milestone_on_sunday": _("%(day)s is a Sunday."),
    "milestone_on_closing_day": _("On %(day)s Japan’s public offices are closed (29 December to 3 January)."),
    "milestone_on_holiday": _("%(day)s is a holiday in Japan (%(name)s)."),
    "holidays_not_known": _("The holidays of %(year)s are not known yet: import the Cabinet Office’s file."),
    "milestone_outside_office": _("At %(agency)s it is then %(time)s (%(zone)s), outside its office hours."),
    "milestone_on_closed_day": _("%(day)s: %(agency)s is closed on that day of the week."),
    # agreement
    "call_changed_since_shown": _(
        "Nothing was recorded: since this page was opened the call was changed (%(parts)s). Read below what it says now, and answer again."
    ),
    "form_changed_since_shown": _(
        "Nothing was issued: since this page was opened the version was changed. Read below what it changes now, and issue it again."
    ),
    "outcome_rules_agreed": _(
        "The agencies agreed to feedback and objections before the call opened: these stay as they are."
    ),
    "agreement_to_earlier_state": _(
        "The call was changed after this agreement had been recorded: record the agency’s agreement to the call as it stands now."
    ),
    "agreement_recorded_again": _(
        "Nothing was confirmed: since this page was opened the agreement was recorded again. Read it below, and answer again."
    ),
    "checklist_item_in_one_language": _("Every item stands in both languages. Enter the other one as well."),
    "checklist_too_long": _("A checklist has at most %(most)s items."),
}

LABELS = [
    (enums.NoticeRule.OFF, _("not asked for")),
    (enums.NoticeRule.OPTIONAL, _("may be given")),
    (enums.NoticeRule.REQUIRED, _("required before a full proposal")),
    (enums.CallTerm.WORDS, _("Title and summary")),
    (enums.CallTerm.MODE, _("Mode, tier, agreement of the agencies")),
    (enums.CallTerm.DATES, _("Opening and deadline")),
    (enums.CallTerm.YEARS, _("Years")),
    (enums.CallTerm.RULES, _("Rules of cost and approval")),
    (enums.CallTerm.OUTCOME, _("Feedback and objections")),
    (enums.CallTerm.DESIGNATIONS, _("Designations")),
    (enums.CallTerm.AGENCIES, _("Agencies")),
    (enums.CallTerm.CAPS, _("Caps")),
    (enums.CallTerm.TYPES, _("Support types")),
    (enums.CallTerm.MILESTONES, _("Milestones")),
    (enums.CallTerm.DOCUMENTS, _("Documents")),
    (enums.CallTerm.FORM, _("Form and criteria")),
]
