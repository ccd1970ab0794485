"""The words of what is checked beside a proposal's own parts: the partner's standing, statements on compliance."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from proposals import enums

VIOLATIONS: dict[str, object] = {
    "member_not_of_partner": _("Choose somebody of the partner team."),
    "doi_unreadable": _("This is no DOI. Enter it like 10.1234/abcd, or leave it blank."),
    "doi_of_no_work": _("Only a work has a DOI. Choose “work”, or leave the DOI blank."),
    "source_not_an_address": _("Enter an address that begins with https:// or http://."),
    "source_missing": _("Enter the address at which it can be read, or the DOI of the work."),
    "too_many_records": _("At most %(most)s pieces of evidence can be entered. Choose the strongest."),
    "standing_missing": _(
        "No evidence of the partner researcher’s standing has been entered. Each agency gives its verdict on it."
    ),
    "work_not_in_registry": _("The portal’s registry does not have this DOI, so nothing could be compared."),
    "work_retracted": _("The registry says that this work was retracted."),
    "statement_of_nobody": _("Choose the member of the team whom the statement is about."),
    "statement_twice": _("This statement was made already. Change that one."),
    "posts_changed_since_stated": _(
        "The posts and side jobs in the profile have changed since the statement on integrity was made, of: %(names)s. Open the statement and save it to take them over."
    ),
    "statement_blank": _("Write the statement."),
    "course_missing": _("Enter the name of the course."),
    "training_day_missing": _("Enter the day on which the course was completed."),
    "training_done_ahead": _("The day on which the course was completed lies in the future."),
    "statement_missing": _("%(kind)s: no statement has been made yet."),
    "statement_missing_of": _("%(kind)s: nothing is stated of %(names)s."),
    "training_expired": _("%(kind)s: what is stated of %(names)s has run out."),
    "work_by_others": _(
        "The registry’s list of authors does not have this name. Names are compared as they are spelt: a hint only."
    ),
}

LABELS = [
    (enums.OverlapKind.PERSON, _("Same person in another proposal")),
    (enums.OverlapKind.EFFORT, _("Effort over 100%")),
    (enums.OverlapKind.TEXT, _("Near-identical title or text")),
    (enums.OverlapKind.GRANT, _("Same grant with other figures")),
    (enums.OverlapKind.AWARD, _("Same partner award claimed")),
    (enums.StandingKind.POSITION, pgettext_lazy("standing", "post")),
    (enums.StandingKind.PRIZE, pgettext_lazy("standing", "prize")),
    (enums.StandingKind.WORK, pgettext_lazy("standing", "work")),
    (enums.StandingKind.MEMBERSHIP, pgettext_lazy("standing", "membership of an academy or a body")),
]
