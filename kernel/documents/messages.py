"""The sentences of `DocumentError`. A row counts as a spreadsheet counts it, the heading being row 1."""

from django.utils.translation import gettext_lazy as _

VIOLATIONS = {
    "csv_empty": _("The file is empty."),
    "csv_encoding": _(
        "The file is in an encoding that cannot be read. Save it as UTF-8 or as Shift JIS (CP932)."
    ),
    "csv_nul": _(
        "Row %(row)s holds a character that no text may have (NUL). Delete it and upload the file again."
    ),
    "csv_malformed": _(
        "Row %(row)s cannot be read: its quotation marks do not match, or a cell is too long."
    ),
    "csv_ragged": _("Row %(row)s has %(found)s cells, but the heading names only %(expected)s."),
    "csv_too_many_rows": _("The file has more than %(limit)s rows. Split it and upload the parts."),
    "csv_not_encodable": _(
        "Row %(row)s, column “%(column)s”: the character “%(character)s” (%(codepoint)s) cannot be written in Shift JIS "
        "(CP932). Choose UTF-8, which holds every character."
    ),
    "xlsx_damaged": _("The file is damaged or is not an Excel workbook (.xlsx)."),
    "xlsx_encrypted": _("The workbook needs a password to open. Remove the password and upload it again."),
    "xlsx_old_format": _("The workbook is in the old format (.xls). Save it as .xlsx and upload it again."),
    "xlsx_too_large": _("The workbook unpacks to more than %(limit_mb)s MB and was not opened."),
    "xlsx_too_compressed": _("The workbook unpacks to far more than its own size and was not opened."),
    "xlsx_too_many_entries": _("The workbook has more than %(limit)s parts and was not opened."),
    "xlsx_too_many_rows": _("The workbook has more than %(limit)s rows. Split it and upload the parts."),
    "xlsx_text_too_long": _(
        "Row %(row)s, column “%(column)s”: the text has %(length)s characters, more than a cell of Excel can hold. Choose CSV."
    ),
    "xlsx_number_too_large": _(
        "Row %(row)s, column “%(column)s”: the number %(value)s is too large for Excel to keep exactly. Choose CSV."
    ),
    "pdf_damaged": _("“%(title)s” is damaged and cannot be opened."),
    "pdf_encrypted": _("“%(title)s” needs a password to open. Remove the password and upload it again."),
    "pdf_empty": _("“%(title)s” has no page."),
    "document_typeset": _("The document could not be made. The fault is ours; it has been recorded."),
}
