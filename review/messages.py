"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from review import enums

VIOLATIONS: dict[str, object] = {
    # declarations and reviews
    "conflict_kind_missing": _("Choose the kind of conflict."),
    "conflict_words_missing": _("Describe the conflict in a few words."),
    "conflict_ends_before_start": _("The conflict ends before it begins. Check the dates."),
    "finding_certain": _("This cannot be set aside: it is declared, or the person is on the team."),
    "finding_gone": _("What was found is there no more. Load the page again."),
    "finding_changed": _(
        "Something was found meanwhile that was not on the page. Look at it, and judge again."
    ),
    "declared_already": _("You have declared this already."),
    "review_not_open": _("This review can no longer be changed."),
    "call_decided": _("The decision on this call is adopted, so nothing can be changed any more."),
    "review_changed_elsewhere": _(
        "This review was saved in another window meanwhile. Both versions are shown below; nothing was overwritten."
    ),
    "scores_locked": _("The agency has locked its scores, so nothing can be changed any more."),
    "score_out_of_scale": _("Choose a score from %(lowest)s to %(highest)s, or “not applicable”."),
    "criterion_unknown": _("The form holds a criterion that is not of this call. Load the page again."),
    "confidence_missing": _("Say how well you know the field of this proposal."),
    "confidence_unknown": _("Choose how well you know the field of this proposal."),
    "reviews_closed_on": _("The agency’s reviews closed at the end of %(day)s."),
    "extension_over": _("The extension for this review ended with %(day)s."),
    "due_after_close": _("The agency’s reviews close on %(day)s. Choose that day or an earlier one."),
    "score_missing": _("Criterion %(number)s has neither a score nor “not applicable”."),
    "text_too_long": _("The text is too long: at most %(limit)s characters are allowed."),
    "text_has_null": _("The text holds a character that no text may have (NUL). Delete it and save again."),
    # reviews written offline
    "offline_no_form": _(
        "This sheet holds no form of the portal. Fetch the workbook anew and copy your answers."
    ),
    "offline_not_yours": _("This form belongs to no review that is yours."),
    "offline_other_proposal": _(
        "This form was made for another proposal than the one it names: %(receipt)s."
    ),
    "offline_older_version": _(
        "This form is of another version of the call’s criteria. Fetch it anew and copy your answers."
    ),
    "offline_not_declared": _("Declare first whether you have a conflict of interest with this proposal."),
    "offline_changed_since": _(
        "The review was changed in the portal after this form was fetched. Both are shown; fetch the form anew, or write in the portal."
    ),
    "offline_twice": _("The workbook has another sheet for this review."),
    "offline_score_unread": _(
        "“%(value)s” is neither a whole number from %(lowest)s to %(highest)s nor NA for “not applicable”."
    ),
    # an agency's plan
    "plan_close_missing": _("Say until when reviews may be written, before what comes after."),
    "plan_others_after_close": _("Choose a day no later than the last one on which reviews may be written."),
    "plan_day_before_close": _("Choose a day after %(day)s, the last one on which reviews may be written."),
    "plan_frozen_before_discussion": _("Choose a day after the one on which the discussion begins."),
    # extra time, and one reviewer for another
    "extra_time_not_later": _("Choose a day later than %(day)s, which holds now."),
    "day_in_the_past": _("The day lies in the past."),
    "reopening_before_lock": _("The agency has not locked its scores. Extend the review instead."),
    "review_not_closed": _("Only a review that the lock has closed can be reopened."),
    "decision_waits": _(
        "A decision on this call waits for the agencies’ answers, so no figure may change now."
    ),
    "reassign_not_possible": _("This review is finished, so it cannot be given to somebody else."),
    # discussion and amendment
    "discussion_not_open": _("The discussion is not open."),
    "discussion_text_missing": _("Write what you want to say."),
    "entry_hidden_already": _("This entry is hidden already."),
    "amending_not_open": _("A submitted review cannot be amended now."),
    "amending_changes_nothing": _("Nothing was changed in the review."),
    # decision
    "scores_locked_already": _("The scores of this agency are locked already."),
    "lock_confirmed_already": _("This lock is confirmed already."),
    "call_not_under_review": _("The call is not under review."),
    "scores_not_locked": _("A decision can be proposed once every agency has locked its scores."),
    "decision_waits_already": _("A decision on this call waits for the agencies’ answers already."),
    "decision_lacks_proposal": _("Proposal %(number)s has no place in the list."),
    "decision_has_another_proposal": _("The list names a proposal twice, or one that is not to be decided."),
    "decision_not_waiting": _("This decision waits for no answer any more."),
    "nobody_to_call_up": _(
        "Nobody can be moved up: no adopted team has declined, or the reserve list of the call is empty."
    ),
    "rank_of_reserve_list": _(
        "On the reserve list this proposal has rank %(rank)s. The list keeps its order."
    ),
    "call_up_moves_nobody": _("Everybody stays on the reserve list, so there is nothing to decide."),
    "outcome_unknown": _("Choose an outcome."),
    "rank_below_one": _("Enter a rank of 1 or more."),
    "reason_for_rank_passed_over": _(
        "Rank %(rank)s is passed over, since a lower rank has a better outcome. Give the reason."
    ),
    "vote_unknown": _("Choose yes or no."),
    "reason_for_no_missing": _("Give the reason for the no."),
    "agency_answered_already": _("This agency has answered already."),
    "person_answered_already": _(
        "You have answered for an agency already. One person answers once, whatever roles they hold."
    ),
    "letter_dated_ahead": _("The letter’s date lies in the future."),
    "answer_confirmed_already": _("This answer is confirmed already."),
    "adoption_refused": _(
        "Proposal %(number)s cannot be adopted, so the whole answer was refused and nothing was recorded."
    ),
    # scenarios
    "scenario_title_taken": _("Your agency has a scenario of this name already."),
    "scenarios_too_many": _("An agency keeps at most %(limit)s scenarios of a call. Discard one first."),
    "scenario_kind_unknown": _("Choose how the scenario chooses."),
    "proposal_not_ranked": _("The scenario names a proposal that is not ranked. Load the page again."),
    "proposal_in_and_out": _("Proposal %(number)s cannot be always in and always out at once."),
    "submission_has_no_pdf": _("The PDF of this submission is still being made. Try again in a minute."),
}

LABELS = [
    (enums.Refusal.TOO_FEW, _("too few proposals have two reviews")),
    (enums.Refusal.ALL_ALIKE, _("every score is the same")),
    (enums.Standing.ABOVE, _("above the line")),
    (enums.Standing.NEAR, _("too near the line to tell")),
    (enums.Standing.BELOW, _("below the line")),
    (enums.Level.POOR, pgettext_lazy("agreement", "poor")),
    (enums.Level.MODERATE, pgettext_lazy("agreement", "moderate")),
    (enums.Level.GOOD, pgettext_lazy("agreement", "good")),
    (enums.Level.EXCELLENT, pgettext_lazy("agreement", "excellent")),
    (enums.Strength.CONTRARY, pgettext_lazy("correlation", "contrary")),
    (enums.Strength.NEGLIGIBLE, pgettext_lazy("correlation", "negligible")),
    (enums.Strength.WEAK, pgettext_lazy("correlation", "weak")),
    (enums.Strength.MODERATE, pgettext_lazy("correlation", "moderate")),
    (enums.Strength.STRONG, pgettext_lazy("correlation", "strong")),
    (enums.Strength.VERY_STRONG, pgettext_lazy("correlation", "very strong")),
    (enums.Oddity.SEVERE, _("more severe than the others")),
    (enums.Oddity.LENIENT, _("more lenient than the others")),
    (enums.Oddity.NARROW, _("scores in a narrow range")),
    (enums.Oddity.WIDE, _("scores in a wide range")),
    (enums.RunMode.NEW, _("anew: whatever nobody has begun may change")),
    (enums.RunMode.ENSURE, _("add what is missing: nothing that was given changes")),
    (enums.RunMode.ADJUST, _("adjust: as few changes as need be")),
    (enums.Balance.NONE, _("not at all")),
    (enums.Balance.SOME, _("a little")),
    (enums.Balance.STRONG, _("strongly")),
    (enums.PairKind.ADD, _("to be given")),
    (enums.PairKind.KEEP, _("given already, stays")),
    (enums.PairKind.REMOVE, _("to be taken back")),
    (enums.PairState.PROPOSED, _("proposed")),
    (enums.PairState.DROPPED, _("dropped by hand")),
    (enums.PairState.TAKING, _("accepted, being given")),
    (enums.PairState.TAKEN, _("done")),
    (enums.PairState.REFUSED, _("refused")),
    (enums.PairState.UNDONE, _("undone")),
    (enums.WishKind.PIN, _("always together")),
    (enums.WishKind.FORBID, _("never together")),
    (enums.MatchStep.READING, _("reading proposals and reviewers")),
    (enums.MatchStep.COMPARING, _("comparing subjects and looking for conflicts")),
    (enums.MatchStep.CANDIDATES, _("choosing candidates")),
    (enums.MatchStep.RELAXATION, _("computing the optimum")),
    (enums.MatchStep.FLOOR, _("raising the worst served proposal")),
    (enums.MatchStep.WHOLE, _("deciding what is fractional")),
    (enums.MatchStep.CHECKS, _("checking every rule once more")),
    (enums.MatchStep.TAKING, _("giving proposals to reviewers")),
    (enums.ConflictKind.NONE, _("no conflict of interest")),
    (enums.ConflictKind.KIN, _("relative by blood or marriage")),
    (enums.ConflictKind.SAME_UNIT, _("same department, laboratory or company")),
    (enums.ConflictKind.COAUTHOR, _("joint research or joint paper within five years")),
    (enums.ConflictKind.TEACHER_STUDENT, _("teacher and student")),
    (enums.ConflictKind.EMPLOYMENT, _("employment")),
    (enums.ConflictKind.COMPETITOR, _("direct competitor")),
    (enums.ConflictKind.OTHER, _("other conflict")),
    (enums.Finding.TEAM_MEMBER, _("member of the team")),
    (enums.Finding.SAME_INSTITUTION, _("same institution as a member of the team")),
    (enums.Finding.SAME_DOMAIN, _("same e-mail domain as a member of the team")),
    (enums.Finding.COAUTHOR, _("joint paper with a member of the team within five years")),
    (enums.Finding.CO_APPLICANT, _("applied together with a member of the team within five years")),
    (enums.Finding.APPLICANT, _("applicant of the same call")),
    (enums.Finding.UNWANTED, _("not wanted by the applicants")),
    (enums.Verdict.UPHELD, _("upheld: a conflict")),
    (enums.Verdict.SET_ASIDE, _("set aside: no conflict")),
    (enums.Relation.SAME, _("same institution")),
    (enums.Relation.PART, _("one is part of the other")),
    (enums.Relation.SIBLING, _("parts of one university")),
    (enums.Relation.RELATED, _("related institutions")),
    (enums.Finding.DECLARED, _("conflict of interest on record")),
    (enums.ReviewerState.NAMED, _("to be invited")),
    (enums.ReviewerState.INVITED, _("invited")),
    (enums.ReviewerState.ACCEPTED, _("has accepted")),
    (enums.ReviewerState.DECLINED, _("has declined")),
    (enums.ReviewerState.RETIRED, _("retired")),
    (enums.Gender.NOT_STATED, _("not stated")),
    (enums.Gender.FEMALE, _("female")),
    (enums.Gender.MALE, _("male")),
    (enums.Gender.OTHER, _("other")),
    (enums.AssignmentState.ASSIGNED, _("declaration awaited")),
    (enums.AssignmentState.IN_PROGRESS, _("in progress")),
    (enums.AssignmentState.SUBMITTED, _("submitted")),
    (enums.AssignmentState.CLOSED, _("closed, not submitted")),
    (enums.AssignmentState.CONFLICTED, _("conflict declared")),
    (enums.AssignmentState.WITHDRAWN, _("withdrawn")),
    (enums.AssignmentState.HANDED_BACK, _("handed back by the reviewer")),
    (enums.Confidence.HIGH, _("High: it lies in my own field")),
    (enums.Confidence.MEDIUM, _("Medium: it lies near my field")),
    (enums.Confidence.LOW, _("Low: it lies outside my field")),
    (enums.Phase.OWN, _("own reviews only")),
    (enums.Phase.OTHERS, _("others’ reviews after submitting")),
    (enums.Phase.DISCUSSION, _("discussion")),
    (enums.Phase.FROZEN, _("frozen")),
    (enums.ExtraTimeKind.EXTENSION, _("extension")),
    (enums.ExtraTimeKind.REOPENING, _("reopening after the lock")),
    (enums.Outcome.ADOPT, _("adopt")),
    (enums.Outcome.RESERVE, _("reserve list")),
    (enums.Outcome.REJECT, _("do not adopt")),
    (enums.DecisionState.PROPOSED, _("agencies’ answers awaited")),
    (enums.DecisionState.ADOPTED, _("adopted by all agencies")),
    (enums.DecisionState.REFUSED, _("refused")),
    (enums.DecisionKind.FIRST, _("decision on the call")),
    (enums.DecisionKind.CALL_UP, _("moving up from the reserve list")),
    (enums.ScenarioKind.LINE, _("funding line: the first of the ranked list")),
    (enums.ScenarioKind.BEST, _("best choice under money and rules")),
    (enums.ScenarioKind.HAND, _("chosen by hand")),
    (enums.DecisionKind.CORRECTION, _("correction of a decision")),
    (enums.Vote.YES, _("agrees")),
    (enums.Vote.NO, _("does not agree")),
]
