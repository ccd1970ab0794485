"""The words of what is wrong with a designation, its dossier and its evidence."""

from django.utils.translation import gettext_lazy as _

VIOLATIONS: dict[str, object] = {
    # designations
    "partner_is_home": _("The programme’s own country cannot be its partner country."),
    "designation_needs_country_or_group": _("Choose either a country or a group of countries."),
    "pair_is_there": _(
        "“%(name)s” is there already (%(state)s): go on with that dossier, or renew it from its page. To begin another one all the same, say so below."
    ),
    "designation_needs_two_officers": _(
        "Two officers sign a decision: the second is neither the one who signed first nor the one who proposed it."
    ),
    "signature_leaves_nobody": _(
        "The second signature comes from an officer who neither proposed the designation nor signed first: after yours nobody would remain. First signs one of these: %(names)s."
    ),
    "signature_without_second": _(
        "Two officers of the ministry sign, and the second is not the one who proposed it: there is no other officer who could sign second. Another officer has to be given the role first."
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
    "designation_country_ended": _("%(name)s ended on %(day)s: choose a country that exists."),
    "designation_overlaps_member": _(
        "“%(name)s” already covers %(countries)s in this field from %(from)s to %(until)s: choose days outside of that time, or withdraw it first."
    ),
    "designation_overlaps_member_open": _(
        "“%(name)s” already covers %(countries)s in this field from %(from)s without an end: withdraw it first, or let the country leave the group before these days."
    ),
    "effective_later": _("Enter today or an earlier day: nothing takes effect by itself later."),
    "effective_before_valid": _("The designation is valid from %(day)s: enter that day or a later one."),
    "effective_before_decision": _("The designation was decided on %(day)s: enter that day or a later one."),
    "effective_before_last": _("The last change took effect on %(day)s: enter that day or a later one."),
    "designation_not_to_be_renewed": _("Only a designation that was decided, and not withdrawn, is renewed."),
    "renewal_is_begun": _("The renewal of this designation is already being prepared."),
    "consultation_to_come": _(
        "A consultation is recorded once it has been held: enter today or an earlier day."
    ),
    "dossier_fixed": _("The dossier can be changed only while it is being prepared."),
    "dossier_without_evidence": _("Add at least one evidence item."),
    "dossier_without_weight": _("Give at least one evidence item a weight above zero."),
    "dossier_without_policy": _("Add at least one policy document on which the designation rests."),
    "dossier_without_consultation": _("Record the consultation with the Cabinet Office."),
    "participant_without_office": _("Line %(line)s has no office."),
    "participant_too_long": _("Line %(line)s is longer than %(most)s characters."),
    "point_missing": _("Say what was raised."),
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
    # evidence from publications
    "definition_missing": _("Say first which papers belong to the field."),
    "definition_empty": _("Enter at least one term, subject or journal."),
    "definition_too_long": _("A list takes at most %(limit)s lines."),
    "definition_entry_too_long": _("“%(entry)s…” is longer than %(limit)s characters."),
    "definition_entry_without_letters": _("“%(entry)s” has no letter and no digit to look for."),
    "evidence_years_out_of_order": _("The last year lies before the first."),
    "evidence_years_too_many": _("A computation covers at most %(limit)s years."),
    "evidence_year_ahead": _("This year has not come yet."),
    "evidence_figure_absent": _("This figure cannot be had for this year: nothing is there to divide by."),
}
