"""The words of the joint decision: lists, awards, letters, publication, objections, corrections."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from review import enums

VIOLATIONS: dict[str, object] = {
    # the agencies' lists
    "no_lists_here": _("In this call the agencies give no lists."),
    "scores_not_locked_here": _("The agency gives its list once it has locked its scores."),
    "list_confirmed_already": _("This list is confirmed already."),
    "recommendation_missing": _("Choose whether it is recommended."),
    "words_for_not_recommended": _("Say why it is not recommended."),
    "list_missing": _("%(agency)s has not given its list yet."),
    "not_recommended_by": _(
        "Only what all agencies recommend can be adopted. Not recommended by: %(agencies)s."
    ),
    "reason_for_departure": _("This rank departs from the agencies’ lists (%(ranks)s). Give the reason."),
    "reason_for_departure_from_panel": _(
        "The panel gave this proposal rank %(rank)s. Give the reason for departing from its list."
    ),
    "reason_for_tie": _(
        "Rank %(rank)s is shared with a proposal of a better outcome. Give the reason by which the tie was settled."
    ),
    "list_row_unknown": _("Row %(row)s: no proposal to be listed has the number %(number)s."),
    "list_row_twice": _("Row %(row)s: proposal %(number)s stands in the table twice."),
    "list_row_no_rank": _("Row %(row)s: “%(value)s” is no rank."),
    "list_row_no_answer": _("Row %(row)s: “%(value)s” is neither yes nor no."),
    "no_negotiation_here": _("In this call the agencies do not negotiate."),
    "lists_not_open": _("Notes can be written once every agency has given its list."),
    "note_missing": _("Write the note."),
    # awards, conditions, words
    "item_in_one_language": _("This stands in both languages or in none. Enter the other one as well."),
    "award_without_adoption": _("Only what is adopted, or may be called up, has an award of its own."),
    "conditions_without_adoption": _("Only what is adopted, or may be called up, has conditions."),
    # publication, letters, reserve list
    "decision_not_adopted": _("The agencies have not adopted this decision."),
    "published_already": _("This decision is published already, so nothing of it can be moved or changed."),
    "publication_in_the_past": _("This time has passed. Choose a later one, or leave it blank for now."),
    "published_after_reserve": _("The reserve list would have ended before (on %(day)s)."),
    "earlier_decision_not_published": _(
        "The decision before this one is not published yet. Its letters go out first."
    ),
    "letter_text_missing": _("Write the text in both languages."),
    "letter_place_unknown": _("The letter has no such places: %(names)s."),
    "no_reserve_list": _("Nobody is on the reserve list, so it has no last day."),
    "reserve_until_passed": _("Choose a day that lies ahead."),
    "reserve_only_longer": _("The list can only be kept longer than it is now."),
    "reserve_list_ended": _("The reserve list has ended: nobody is called up from it any more."),
    # objections
    "appeals_not_taken": _("In this call no objection can be raised in the portal."),
    "appeal_too_late": _("Objections could be raised until %(day)s."),
    "appeal_raised_already": _("An objection to this decision was raised already."),
    "appeal_only_newest": _("There is a newer decision on this proposal: object to that one."),
    "appeal_answered_already": _("This objection is answered already."),
    "appeal_verdict_unknown": _("Choose whether the objection is upheld."),
    # corrections
    "call_not_decided": _("The call is not decided yet, so there is nothing to correct."),
    "correction_changes_nothing": _("Choose at least one proposal whose outcome changes."),
    "correction_takes_from_project": _(
        "This proposal is adopted and has its project. A correction takes nothing away from a project: that is done by a change of its budget, or by ending it."
    ),
    "correction_keeps_outcome": _("This is the outcome that stands already."),
    "reason_for_correction_missing": _("Give the reason of the correction."),
}

LABELS = [
    (enums.ListKind.NONE, pgettext_lazy("of an agency’s list", "none")),
    (enums.ListKind.RECOMMENDATION, _("recommendations")),
    (enums.ListKind.RANKING, _("ranking")),
    (enums.AgreementStep.LOCK, _("lock of scores")),
    (enums.AgreementStep.RECOMMEND, _("recommendations of the agencies")),
    (enums.AgreementStep.RANK, _("ranked lists of the agencies")),
    (enums.AgreementStep.NEGOTIATE, _("negotiation")),
    (enums.AgreementStep.PANEL, _("joint panel")),
    (enums.AgreementStep.PROPOSE, _("proposal of the decision")),
    (enums.AgreementStep.ANSWER, _("answers of the agencies")),
    (enums.AgreementStep.CONFIRM, _("confirmation by the agencies")),
    (enums.AgreementStep.PUBLISH, _("publication")),
    (enums.Addressee.PI, _("principal investigator")),
    (enums.Addressee.PARTNER_PI, _("partner’s principal investigator")),
    (enums.Addressee.INSTITUTION, _("officer of the institution")),
    (enums.AppealVerdict.UPHELD, _("upheld")),
    (enums.AppealVerdict.DISMISSED, _("dismissed")),
]
