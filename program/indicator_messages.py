"""The words of what is wrong with figures that are entered for an indicator."""

from django.utils.translation import gettext_lazy as _

VIOLATIONS: dict[str, object] = {
    "indicator_is_computed": _(
        "This indicator is counted from the portal’s own records; no figure is entered."
    ),
    "value_year_invalid": _("“%(value)s” is no year between 1950 and 2100, in the Western calendar."),
    "value_invalid": _("“%(value)s” is no number with at most four decimals. Write a minus as in -5."),
    "value_source_missing": _("Say where the figure comes from."),
    "value_source_too_long": _("At most %(limit)s characters."),
    "value_year_twice": _("This year stands in row %(row)s already."),
    "values_columns_wrong": _("The file needs three columns: year, figure, source in Japanese."),
    "values_too_many": _("At most %(limit)s rows."),
    "indicator_values_wrong": _("Some rows must be corrected; nothing was saved."),
}
