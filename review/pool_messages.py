"""The words of what a pool and an assignment refuse."""

from django.utils.translation import gettext_lazy as _

VIOLATIONS: dict[str, object] = {
    # pool and assignment
    "agency_not_in_review": _("This agency’s reviewers do not score in this call."),
    "reviewer_in_pool_already": _("This person is already in a pool of this call."),
    "reviewer_not_confirmed": _(
        "This reviewer was recorded from the agency’s letter; a second officer has to confirm it first."
    ),
    "keywords_too_many": _("At most %(most)s keywords may be named."),
    "keyword_too_long": _("A keyword has at most %(limit)s characters: “%(word)s”"),
    "language_not_known": _("“%(value)s” is no language of ISO 639-1. Enter two letters, such as ja or en."),
    "load_out_of_range": _("Enter a number from 1 to %(most)s, or leave it blank."),
    "dois_too_many": _("At most %(most)s publications may be named."),
    "doi_not_read": _("“%(value)s” is no DOI. A DOI begins with 10., like 10.1234/abc."),
    "absences_too_many": _("At most %(most)s periods may be entered."),
    "absence_backwards": _("The period %(value)s ends before it begins."),
    "absence_not_read": _("“%(value)s” is no period of days. Enter it like 2026-08-01/2026-08-15."),
    "gender_not_known": _("Choose one of the list."),
    "field_not_of_programme": _("“%(value)s” is no code of a field of this programme."),
    "ror_not_read": _("A ROR id has nine characters and begins with 0, like 057zh3y96."),
    "pool_column_twice": _("The column “%(column)s” stands in the table twice."),
    "pool_without_email": _("The table has no column “%(column)s”, by which people are known."),
    "pool_row_without_email": _("Enter the e-mail, by which the person is known."),
    "pool_row_twice": _("The same e-mail stands in a row above."),
    "pool_name_differs": _("This e-mail belongs to %(name)s. Check the e-mail, or leave the name blank."),
    "pool_import_has_errors": _("Some rows must be corrected first. Nothing was imported."),
    "pool_import_stale": _("The pool was changed meanwhile. Look at what the file would change once more."),
    "pool_import_undone": _("This import was undone already."),
    "pool_import_used": _(
        "The import cannot be undone any more: these people were asked, were given proposals, or were changed since: %(names)s"
    ),
    "pool_not_kept": _("You keep this pool no more, so nothing was changed."),
    "reviewer_not_available": _("%(name)s has declined or is retired."),
    "reviewer_load_reached": _(
        "%(name)s has %(load)s proposals and takes at most %(most)s. Choose somebody else, or give the reason for going beyond."
    ),
    "reviewer_away": _(
        "%(name)s is away from %(first)s to %(last)s, and no day is left until the due date, %(due_on)s. Choose somebody else or a later day, or give the reason for going beyond."
    ),
    "reviewer_not_invitable": _("This person has accepted already, or is retired."),
    "reviewer_has_open_assignments": _("Take back what this reviewer has not submitted first."),
    "reviewer_was_judged": _(
        "A conflict of interest of this person was judged, so they stay in the pool. Let them retire instead."
    ),
    "reviewer_is_applicant": _(
        "This person is on the team of a proposal of this call, and cannot review in it."
    ),
    "confidentiality_missing": _("Agree to confidentiality first."),
    "confidentiality_changed": _("The text was changed meanwhile. Read it again, please."),
    "reviewer_confirmed_already": _("These reviewers are confirmed already."),
    "reviewer_has_assignments": _("This reviewer has proposals to review, and stays in the pool."),
    "reviewer_of_other_call": _("This reviewer is in the pool of another call."),
    "proposal_not_under_review": _("This proposal is not under review."),
    "assigned_already": _("This reviewer was given this proposal already."),
    "due_in_the_past": _("The due date lies in the past."),
    # searching for an assignment
    "places_out_of_range": _("Enter a number of reviewers from 1 to %(limit)s."),
    "run_load_out_of_range": _("Enter a number of proposals from 1 to %(limit)s."),
    "least_more_than_places": _(
        "The agencies’ least numbers together are more than the reviewers of a proposal."
    ),
    "outside_more_than_places": _("Enter a number from 0 to that of the reviewers of a proposal."),
    "run_waits_already": _(
        "A search of yours is under way already. Wait for its end, which takes a few minutes at the most."
    ),
    "pair_there_already": _("This reviewer is proposed for this proposal already."),
    "pair_not_open": _("This pair has been accepted or dropped already."),
    "nothing_to_accept": _("There is nothing left to accept."),
    "nothing_to_undo": _("Nothing of this search is given at present."),
    "taking_goes_on": _("What was accepted is still being given. Wait for its end."),
    "taking_not_allowed": _("The officer who accepted it may no longer assign this proposal."),
    "review_begun": _(
        "%(count)s reviewers have already declared whether they have a conflict, so nothing was undone. Take proposals back one by one."
    ),
    "match_table_columns": _(
        "The table needs the columns receipt_number and reviewer_id, as in the table that is downloaded."
    ),
    "match_row_proposal": _("There is no proposal “%(value)s” to be assigned in this call."),
    "match_row_reviewer": _("There is no reviewer “%(value)s” in your side’s pool of this call."),
    "match_row_twice": _("This pair stands in the table twice."),
    "match_row_conflict": _("%(name)s has a conflict of interest with this proposal."),
    "reviewer_in_conflict": _("%(name)s cannot review this proposal: %(reasons)s."),
}
