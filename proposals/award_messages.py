"""What is said of a partner agency's award, and of those whose names it is compared with."""

from django.utils.translation import gettext_lazy as _

VIOLATIONS: dict[str, object] = {
    "award_without_evidence": _(
        "No evidence of the award is attached, and it is in no register that the portal has."
    ),
    "award_insufficient": _(
        "In yen the award comes to ¥%(yearly)s a year, less than the call’s threshold of ¥%(threshold)s."
    ),
    "award_of_another_pi": _(
        "The names of the award’s principal investigator (%(award)s) and of the partner’s (%(partner)s) look different. Check whether they are one person."
    ),
    "award_pi_not_compared": _(
        "The names of the award’s principal investigator (%(award)s) and of the partner’s (%(partner)s) stand in different scripts and could not be compared. Check whether they are one person."
    ),
    "member_name_alike": _(
        "This name looks like that of another member (%(name)s). Check that they are two people."
    ),
    "leader_without_time": _("No share of working time is given for this principal investigator."),
    "award_not_begun": _("The award begins on %(starts)s: it is not active yet."),
    "award_has_ended": _("The award has ended, on %(ends)s."),
    "award_begins_late": _("The award begins on %(starts)s, after the joint research does (%(project)s)."),
    "award_led_by_another": _(
        "The partner PI has a part in this award but is not its principal investigator."
    ),
    "award_differs_from_register": _(
        "The claim differs from what the agency’s register said when it was taken over, in points: %(n)s."
    ),
    "point_reason_missing": _("Say why not."),
    "question_missing": _("Write the question."),
    "question_unanswered": _("Write the answer."),
    "question_not_now": _("Nothing is asked about awards at this stage."),
    "question_answered": _(
        "The question has been answered. Load the page of the proposal to read the answer."
    ),
    "question_taken_back": _("The agency has taken the question back. There is nothing to answer."),
    "question_closed": _("The proposal was withdrawn or decided. The question is answered no more."),
    "exception_not_needed": _(
        "There is nothing to except: the agency has not said that the shares of both sides are not fair."
    ),
    "award_claimed_elsewhere": _("Other submitted proposals claim the same award: %(n)s."),
    "stay_outside_project": _("The stay must lie within the joint research, from %(first)s to %(last)s."),
    "dispatch_to_japan": _("A dispatch leads abroad. Choose the host country."),
    "acceptance_outside_japan": _(
        "Somebody who is accepted stays in Japan. Choose Japan as the host country."
    ),
}
