"""What the guide says of every page: times, years, amounts, saving, files, and what is recorded."""

from django.utils.translation import gettext_lazy as _

from portal.guides import Words

# As (title, text).
EVERYWHERE: tuple[tuple[Words, Words], ...] = (
    (
        _("Times"),
        _(
            "Times are Japan Standard Time unless another zone is named; your own zone stands beside. A deadline of 17:00 JST means before 17:00:00 JST: at that instant it is late."
        ),
    ),
    (
        _("Fiscal years"),
        _("A fiscal year runs from April to March. FY2026 is Reiwa 8, from 1 April 2026 to 31 March 2027."),
    ),
    (
        _("Yen"),
        _(
            "Amounts are whole yen unless thousands or millions are named. Full-width digits and commas are accepted."
        ),
    ),
    (
        _("Saving"),
        _(
            "Sections save themselves shortly after you stop typing, and also by the button. If somebody else has changed the same text, both are shown, and you choose. If your session has ended, sign in again: your text is kept."
        ),
    ),
    (
        _("Files"),
        _(
            "PDF files without a password to open them, up to the size that the field names. Every file is served only to those who may read it."
        ),
    ),
    (
        _("Who has seen and changed what"),
        _("Every step is recorded with its time and person, in a trail that cannot be changed afterwards."),
    ),
)
