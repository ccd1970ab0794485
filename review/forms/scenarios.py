"""The form of a scenario: shape only. Which envelopes, fields, countries and proposals there are, the portfolio says."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import DigitsField
from kernel.languages import localized
from kernel.templatetags.kernel import fiscal_year
from program.forms.fields import MeasuredField
from registries.models import Country
from review.enums import ScenarioKind
from review.portfolio import Portfolio

MOST_YEN = 10**13
FREE, IN, OUT = "", "in", "out"


class ScenarioForm(forms.Form):
    """A title, how to choose, and the rules: money by agency and year, minimums, proposals held in or out."""

    title = forms.CharField(label=_("Name of the scenario"), max_length=120)
    kind = forms.ChoiceField(label=_("How it chooses"), widget=forms.RadioSelect)
    count = DigitsField(
        label=_("Funding line: so many proposals"),
        min_value=0,
        max_value=10_000,
        required=False,
        help_text=_("Of the ranked list, from the top. For a funding line only."),
    )
    most = DigitsField(label=_("At most so many proposals"), min_value=0, max_value=10_000, required=False)
    only_both = forms.BooleanField(
        label=_("Only what every agency would fund"),
        required=False,
        help_text=_(
            "What each agency has recommended. Of one that has not said so far, its mean must reach the threshold below; without one, it must have scored it."
        ),
    )
    both_from = MeasuredField(label=_("Mean from which an agency would fund"), min_value=0, required=False)

    def __init__(self, *args: Any, portfolio: Portfolio, seen: str = "", **kwargs: Any) -> None:
        """`seen`: what the form of a scenario that is there was made from."""
        super().__init__(*args, **kwargs)
        self.fields["seen"] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=64, initial=seen
        )
        self.portfolio = portfolio
        kind: Any = self.fields["kind"]
        kind.choices = labelled_choices(ScenarioKind)
        for agency in portfolio.agencies:
            for year in portfolio.years:
                self._add(
                    f"purse_{agency.public_id}_{year}",
                    _("%(agency)s, %(year)s: at most (yen)")
                    % {"agency": agency.short_name, "year": fiscal_year(year)},
                    MOST_YEN,
                )
        for key, field in portfolio.fields.items():
            self._add(
                f"field_{key}", _("At least, of %(field)s") % {"field": localized(field, "title")}, 1_000
            )
        names = {c.code: localized(c, "name") for c in Country.objects.filter(code__in=portfolio.countries)}
        for code in portfolio.countries:
            self._add(
                f"country_{code}", _("At least, with %(country)s") % {"country": names.get(code, code)}, 1_000
            )
        for entry in portfolio.entries:
            self.fields[f"place_{entry.key}"] = forms.ChoiceField(
                label=_("%(number)s in the scenario") % {"number": entry.proposal.receipt_number},
                choices=[(FREE, _("as chosen")), (IN, _("always in")), (OUT, _("always out"))],
                required=False,
            )
            self.fields[f"place_{entry.key}"].widget.attrs["aria-label"] = self.fields[
                f"place_{entry.key}"
            ].label

    def _add(self, name: str, label: Any, most: int) -> None:
        self.fields[name] = DigitsField(label=label, min_value=0, max_value=most, required=False)
        self.fields[name].widget.attrs["aria-label"] = label

    def clean_both_from(self) -> str:
        value = self.cleaned_data["both_from"]
        return "" if value is None else _plain(value)

    def settings(self) -> dict[str, Any]:
        """What was wished for, as a scenario keeps it; blanks are left out."""
        values = self.cleaned_data
        purses: dict[str, dict[str, int]] = {}
        for agency in self.portfolio.agencies:
            typed = {
                str(year): values[f"purse_{agency.public_id}_{year}"]
                for year in self.portfolio.years
                if values.get(f"purse_{agency.public_id}_{year}") is not None
            }
            if typed:
                purses[agency.public_id] = typed
        found = {
            "count": values["count"],
            "most": values["most"],
            "only_both": values["only_both"],
            "both_from": values["both_from"],
            "purses": purses,
            "fields": self._minimums("field_", self.portfolio.fields),
            "countries": self._minimums("country_", self.portfolio.countries),
            "pinned": self._places(IN),
            "left_out": self._places(OUT),
        }
        return {name: value for name, value in found.items() if value not in (None, "", False, {}, [])}

    def _minimums(self, start: str, keys: Any) -> dict[str, int]:
        return {key: self.cleaned_data[start + key] for key in keys if self.cleaned_data.get(start + key)}

    def _places(self, place: str) -> list[str]:
        keys = [entry.key for entry in self.portfolio.entries]
        return [key for key in keys if self.cleaned_data.get(f"place_{key}") == place]


def _plain(value: Decimal) -> str:
    try:
        return str(value.quantize(Decimal("0.01")))
    except InvalidOperation:
        return str(value)


def initial_of(portfolio: Portfolio, settings: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the form begins with: a scenario's settings; of a new one what each agency has left in its envelopes."""
    if settings is None:
        return {
            "kind": ScenarioKind.BEST.value,
            **{f"purse_{agency}_{year}": left for (agency, year), left in portfolio.purses.items()},
        }
    plain = ("count", "most", "only_both", "both_from")
    return {
        **{name: settings[name] for name in plain if name in settings},
        **{
            f"purse_{agency}_{year}": amount
            for agency, years in settings.get("purses", {}).items()
            for year, amount in years.items()
        },
        **{f"field_{key}": least for key, least in settings.get("fields", {}).items()},
        **{f"country_{key}": least for key, least in settings.get("countries", {}).items()},
        **{f"place_{key}": IN for key in settings.get("pinned", [])},
        **{f"place_{key}": OUT for key in settings.get("left_out", [])},
    }
