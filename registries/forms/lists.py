"""What of a list of the registries is shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import DigitsField
from registries.enums import BudgetAccount, InstitutionStatus
from registries.queries import budget_choices, country_names, quoted_currencies

LATEST_YEAR = 2199


class WordsForm(forms.Form):
    """A search by words."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)


class WithCountryForm(WordsForm):
    """A search by words and country."""

    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country: Any = self.fields["country"]
        country.choices = [("", _("all countries")), *country_names().items()]


class InstitutionFilterForm(WithCountryForm):
    """What of the list of institutions is shown."""

    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Name, in any script")
        status: Any = self.fields["status"]
        status.choices = [("", _("any status")), *labelled_choices(InstitutionStatus)]


class PublicationFilterForm(WithCountryForm):
    """What of the list of publications is shown."""

    year = DigitsField(label=_("Year"), required=False, min_value=1000, max_value=LATEST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Title or DOI")
        self.fields["country"].label = _("Country of affiliation")


class AwardFilterForm(WithCountryForm):
    """What of the list of awards is shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Number, title or investigator")


class RateFilterForm(forms.Form):
    """What of the list of exchange rates is shown."""

    currency = forms.ChoiceField(label=_("Currency"), required=False)
    year = DigitsField(label=_("Year"), required=False, min_value=1900, max_value=LATEST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currency: Any = self.fields["currency"]
        currency.choices = [("", _("all currencies")), *((code, code) for code in quoted_currencies())]


class ReviewFilterForm(WordsForm):
    """What of the review record is shown."""

    year = DigitsField(label=_("Running in"), required=False, min_value=1868, max_value=LATEST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Number, name, bureau, purpose or outline")


class HolidayFilterForm(forms.Form):
    """What of the holidays is shown."""

    year = DigitsField(label=_("Year"), required=False, min_value=1948, max_value=LATEST_YEAR)


class BudgetFilterForm(WordsForm):
    """What of the budget items is shown."""

    year = forms.ChoiceField(label=_("Fiscal year"), required=False)
    budget = forms.ChoiceField(label=_("Document"), required=False)
    account = forms.ChoiceField(label=_("Account"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["q"].label = _("Item, section or description")
        fields["year"].choices = [("", _("every year")), *((y, y) for y in budget_choices("fiscal_year"))]
        fields["budget"].choices = [("", _("every document")), *((b, b) for b in budget_choices("budget"))]
        fields["account"].choices = [("", _("every account")), *labelled_choices(BudgetAccount)]
