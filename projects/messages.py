"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.enums import ConditionState, EntryKind, ProjectState

VIOLATIONS: dict[str, object] = {
    "declined_after_spending": _(
        "Money of the project was paid, carried over or returned already. Speak to the programme officer of the agency."
    ),
    "proposal_not_adopted": _("The proposal has not been adopted, so it becomes no project."),
    "awarded_above_asked": _("FY%(year)s: %(awarded)s is more than was asked for (%(asked)s)."),
    "awarded_nothing": _("Award an amount in at least one fiscal year."),
    "budget_missing": _("Nothing was submitted that could be awarded: the budget is empty."),
    "cap_missing": _("The call has no cap that was fixed when it opened."),
    "cap_exceeded": _(
        "FY%(year)s would come to %(total)s, %(over)s above the cap of %(limit)s a project and year."
    ),
    "cap_exceeded_whole_term": _(
        "The whole term would come to %(total)s, %(over)s above the cap of %(limit)s."
    ),
    "cap_reached": _(
        "The cap of FY%(year)s is %(limit)s, and %(stands)s count towards it already: "
        "with %(asked)s more it would be exceeded by %(over)s."
    ),
    "cap_reached_direct": _(
        "The cap on direct cost of FY%(year)s is %(limit)s, and %(stands)s count towards it already: "
        "with %(asked)s more it would be exceeded by %(over)s."
    ),
    "cap_reached_whole_term": _(
        "The cap of the whole term is %(limit)s, and %(stands)s count towards it already: "
        "with %(asked)s more it would be exceeded by %(over)s."
    ),
    "cap_reached_whole_term_direct": _(
        "The cap on direct cost of the whole term is %(limit)s, and %(stands)s count towards it already: "
        "with %(asked)s more it would be exceeded by %(over)s."
    ),
    "cap_is_exceeded": _("The amount would go above the cap of this project and year. Nothing was recorded."),
    "envelope_missing": _("%(agency)s has no envelope for FY%(year)s."),
    "envelope_exceeded": _(
        "The envelope of %(agency)s for FY%(year)s is %(limit)s, and %(stands)s are committed already: "
        "with %(asked)s more it would be exceeded by %(over)s."
    ),
    "envelope_is_exceeded": _(
        "The amount would go above the agency’s envelope of that year. Nothing was recorded."
    ),
    "project_numbers_used_up": _("All project numbers of this agency and year are used."),
    "project_number_format_missing": _("%(agency)s has no format for its project numbers yet."),
    "project_not_active": _("The project is not running, so its ledger takes no such entry."),
    "project_exists": _("This proposal has become a project already."),
    "year_not_of_project": _("FY%(year)s is not a year of this project."),
    "amount_not_above_zero": _("Enter an amount above zero."),
    "available_exceeded": _(
        "In FY%(year)s %(limit)s may be spent, and %(stands)s are paid already: with %(asked)s more it would be "
        "exceeded by %(over)s. Carry money over, or change the allocation, first."
    ),
    "available_is_exceeded": _("That is more than is left to spend in this year. Nothing was recorded."),
    "category_exceeded": _(
        "In FY%(year)s this category may spend %(limit)s, and %(stands)s are paid already: "
        "with %(asked)s more it would be exceeded by %(over)s."
    ),
    "change_below_zero": _(
        "The allocation of this category in FY%(year)s is %(limit)s: a decrease by %(asked)s is %(over)s too much."
    ),
    "change_is_below_zero": _("The allocation of this category and year would fall below zero."),
    "indirect_above_limit": _(
        "Indirect cost of that year would be %(asked)s, %(over)s above its limit of %(limit)s (%(percent)s%% of direct cost)."
    ),
    "virement_same_category": _("Choose another category than the one from which the money comes."),
    "virement_not_direct": _("Money moves between direct categories only, never from or to indirect cost."),
    "virement_needs_approval": _(
        "In FY%(year)s %(limit)s may move between direct categories without approval, and %(stands)s have moved already: "
        "with %(asked)s more it would be exceeded by %(over)s. A larger move needs the agency’s approval."
    ),
    "condition_note_missing": _("Say what it rests on: it stays beside the condition."),
    "cap_exception_open": _("An exception over this cap has been asked for already and is not answered yet."),
    "cap_exception_answered": _("This exception has been answered already."),
    "ledger_reason_missing": _("Give the reason: it stays in the ledger."),
    "carried_year_not_begun": _(
        "FY%(year)s has not begun, so nothing of it can be left over. Choose a fiscal year that has begun."
    ),
    "year_after_date": _(
        "The date lies in FY%(of_date)s, and money of FY%(year)s cannot move before that year begins. "
        "Choose FY%(of_date)s, or an earlier year."
    ),
    "old_year_needs_reason": _(
        "FY%(year)s is more than one fiscal year before the date, which lies in FY%(of_date)s. "
        "Check the year; if it is right, write here why."
    ),
    "next_year_not_of_programme": _("The programme has no fiscal year after FY%(year)s."),
    "entry_corrected_already": _("This entry has been put right already."),
    "entry_is_a_correction": _("This entry itself corrects another. Record a new entry instead."),
    "date_before_project": _("The project begins on %(first)s. Enter a date from then on."),
    "date_ahead": _("The date lies in the future."),
    "ledger_refused": _("The ledger refused this entry, and nothing was recorded."),
}

LABELS = [
    (ProjectState.OFFERED, _("offered")),
    (ProjectState.ACTIVE, pgettext_lazy("of a project", "running")),
    (ProjectState.ENDED, _("ended")),
    (ProjectState.CLOSED, _("settled and closed")),
    (ConditionState.OPEN, pgettext_lazy("of a condition", "not met yet")),
    (ConditionState.MET, pgettext_lazy("of a condition", "met")),
    (EntryKind.ALLOCATION, _("allocation")),
    (EntryKind.CHANGE, _("change of allocation")),
    (EntryKind.CARRY_OUT, _("carried over to the next year")),
    (EntryKind.CARRY_IN, _("carried over from the year before")),
    (EntryKind.PAYMENT, _("payment")),
    (EntryKind.RETURN, _("return of funds")),
]
