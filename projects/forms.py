"""Forms of projects and their ledger: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.choices import labelled_choices
from kernel.forms import AmountField, DateField, LongTextField
from kernel.templatetags.kernel import fiscal_year
from projects.actions.conditions import LONGEST_NOTE
from projects.enums import EntryKind, ProjectState
from projects.models import Project
from proposals.enums import BudgetCategory

LONGEST_REASON = 300


def unit_of(currency: str) -> str:
    """What stands behind an amount's field."""
    return "円" if currency == "JPY" else currency


class ProjectFilterForm(forms.Form):
    """Which projects of a list are shown."""

    q = forms.CharField(label=_("Number, title or name"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: list[tuple[str, Any]] = [("", _("Every state"))]
        self.fields["state"].choices = every + labelled_choices(ProjectState)  # type: ignore[attr-defined]  # a ChoiceField has choices


class LedgerFilterForm(forms.Form):
    """Which entries of a ledger are shown."""

    year = forms.TypedChoiceField(
        label=_("Fiscal year it belongs to"), required=False, coerce=int, empty_value=None
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    kind = forms.ChoiceField(label=_("Kind of entry"), required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "year": [("", _("Every year")), *((year, fiscal_year(year)) for year in years)],
            "category": [("", _("Every category")), *labelled_choices(BudgetCategory)],
            "kind": [("", _("Every kind")), *labelled_choices(EntryKind)],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]  # as above


class YearAmountForm(forms.Form):
    """What every entry has: the year the money belongs to, an amount without a sign, a reason."""

    fiscal_year = forms.TypedChoiceField(
        label=_("Fiscal year it belongs to"),
        help_text=_("The year of the budget (帰属年度), whatever the date."),
        coerce=int,
    )
    amount = AmountField(label=_("Amount"))
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON)

    def __init__(self, *args: Any, project: Project, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currency = project.programme.currency
        self.fields["amount"] = AmountField(label=_("Amount"), currency=currency, unit=unit_of(currency))
        self.fields["fiscal_year"].choices = [(year, fiscal_year(year)) for year in years]  # type: ignore[attr-defined]  # as above


class EntryForm(YearAmountForm):
    """An entry in one category."""

    category = forms.ChoiceField(label=_("Category"))
    field_order: tuple[str, ...] = ("fiscal_year", "category", "amount", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = labelled_choices(BudgetCategory)  # type: ignore[attr-defined]  # as above


class PaymentForm(EntryForm):
    on = DateField(label=_("Paid on"))
    field_order = ("fiscal_year", "category", "amount", "on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].label = _("Remark")


class ReturnForm(EntryForm):
    on = DateField(label=_("Returned on"))
    field_order = ("fiscal_year", "category", "amount", "on", "reason")


class CarryOverForm(EntryForm):
    pass


class ChangeForm(EntryForm):
    direction = forms.ChoiceField(
        label=_("Change"),
        choices=[
            ("up", pgettext_lazy("of an allocation", "Increase")),
            ("down", pgettext_lazy("of an allocation", "Decrease")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("fiscal_year", "category", "direction", "amount", "reason")


class VirementForm(YearAmountForm):
    """What moves from one direct category of a year to another."""

    source = forms.ChoiceField(label=_("From category"))
    target = forms.ChoiceField(label=_("To category"))
    field_order = ("fiscal_year", "source", "target", "amount", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        direct = [
            choice for choice in labelled_choices(BudgetCategory) if choice[0] != BudgetCategory.INDIRECT
        ]
        for name in ("source", "target"):
            self.fields[name].choices = direct  # type: ignore[attr-defined]  # as above


class CapExceptionForm(forms.Form):
    """By how much which cap is to be exceeded, and why."""

    account = forms.ChoiceField(label=_("Cap"))
    amount = AmountField(label=_("Amount above the cap"))
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON)

    def __init__(self, *args: Any, currency: str, accounts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = AmountField(
            label=_("Amount above the cap"), currency=currency, unit=unit_of(currency)
        )
        self.fields["account"].choices = accounts  # type: ignore[attr-defined]  # as above


class CorrectionForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON)


class ConditionForm(forms.Form):
    """What a condition is met by, or why it is not met after all."""

    note = LongTextField(label="", limit=LONGEST_NOTE)

    def __init__(self, *args: Any, is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What it is met by") if is_open else _("Why it is not met")
        self.fields["note"].help_text = _("It stays beside the condition, for all who read the project.")
