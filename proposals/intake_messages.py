"""The words of taking in what was collected elsewhere, and of e-Rad's tables."""

from django.utils.translation import gettext_lazy as _

from proposals import enums

VIOLATIONS: dict[str, object] = {
    "cell_missing": _("Fill this in."),
    "cell_not_text": _("This cell holds a number or a date. Format it as text, and type it again."),
    "cell_not_a_number": _("Enter a whole number in digits."),
    "cell_not_a_day": _("Enter a day like 2027-04-01, 2027/4/1 or 令和9年4月1日."),
    "cell_not_an_email": _("Enter an e-mail address like name@univ.example.jp."),
    "code_cut_short": _(
        "A spreadsheet has shortened this number, and its last digits are lost. Format the column as text, and type it again."
    ),
    "code_like_another": _(
        "“%(value)s” is “%(other)s” as a spreadsheet would shorten it. Format the column as text, and type the whole number."
    ),
    "row_twice": _("This is the same proposal as in row %(row)s."),
    "currency_not_known": _("“%(value)s” is no currency of today. Enter three letters such as USD."),
    "country_not_known": _("“%(value)s” is no country of today. Enter two letters such as US, or its name."),
    "ror_id_not_valid": _("“%(value)s” is no ROR id. Enter one like 057zh3y96, or its address."),
    "institution_not_known": _(
        "The portal does not work with “%(value)s” yet. Enter its ROR id, or add it to the institutions first."
    ),
    "institution_not_one": _("Several institutions are called “%(value)s”. Enter the ROR id."),
    "designation_not_one": _(
        "The call was opened on several fields and partners. Enter the field and the partner."
    ),
    "erad_number_differs": _("The portal knows the person by another e-Rad number: %(known)s."),
    "collected_worked_on": _(
        "This proposal was taken in before, and a table cannot change it any more. Leave the row as it was, or take it out."
    ),
    "intake_has_errors": _("Some rows must be corrected first. Nothing was taken in."),
    "intake_stale": _(
        "Something has changed since you looked, so nothing was taken in. Look again at what the file would change now."
    ),
    "intake_key_is_another": _(
        "Proposals of this call were matched by another column before. Choose that one, so that no proposal comes twice."
    ),
    "intake_undone": _("This import was undone already."),
    "intake_not_last": _("A later import has changed proposals of this one. Undo the later one first."),
    "intake_worked_on": _(
        "Somebody has worked on proposals of this import since, so it cannot be undone. Nothing was changed."
    ),
    "erad_no_column": _("Choose at least one column."),
    "erad_field_unknown": _("There is no such field."),
    "erad_heading_missing": _("Enter the heading of this column."),
    "erad_heading_twice": _("“%(heading)s” is the heading of two columns."),
    "erad_key_missing": _("Choose a key that is among the columns."),
    "erad_nothing_to_read": _("Choose at least one column beside the key that is read."),
    "erad_not_whole_thousands": _(
        "Row %(row)s, “%(column)s”: %(amount)s is no whole number of thousands. Nothing is rounded in silence; choose yen as the unit."
    ),
    "erad_row_unknown": _("No proposal of this call that you may see has “%(value)s”."),
    "erad_row_not_one": _("Several proposals have “%(value)s”. Match by another column."),
    "erad_number_of_another": _("Another proposal has the e-Rad number “%(value)s”."),
    "erad_number_absent": _("The e-Rad researcher number is missing."),
    "erad_code_absent": _("The institution’s e-Rad code is missing."),
}

LABELS = [
    (enums.CollectionKey.NUMBER, _("Number where it was collected")),
    (enums.CollectionKey.ERAD, _("e-Rad application number")),
    (enums.IntakeStep.READING, _("the file is read")),
    (enums.IntakeStep.COMPARING, _("the rows are compared")),
    (enums.IntakeStep.WRITING, _("the proposals are written")),
    (enums.IntakeStep.UNDOING, _("the proposals are taken back")),
    (enums.EradTable.PROPOSALS, _("Proposals for e-Rad")),
    (enums.EradTable.RESULTS, _("Results for e-Rad (adopted or not)")),
    (enums.EradTable.ANSWERS, _("Table from e-Rad")),
    (enums.EradEncoding.UTF8, _("UTF-8 with byte-order mark")),
    (enums.EradEncoding.CP932, "Shift JIS (CP932)"),
    (enums.EradDates.SLASH, "2027/04/01"),
    (enums.EradDates.ISO, "2027-04-01"),
    (enums.EradDates.ERA, "令和9年4月1日"),
    (enums.EradDates.ERA_SHORT, "R9.4.1"),
    (enums.EradUnit.YEN, _("yen")),
    (enums.EradUnit.THOUSAND, _("thousand yen")),
]
