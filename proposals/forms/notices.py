"""A notice of intent, an agency's verdict on it, and what officers look for among them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kernel.choices import label, labelled_choices
from kernel.forms import LongTextField
from kernel.languages import localized
from program.models import Call
from proposals.enums import NoticeAnswer, NoticeState, NoticeTask
from proposals.forms.awards import AgencyField
from proposals.forms.core import DesignationField, InstitutionField, SupportTypeField, designations_of
from proposals.forms.office import VerdictForm
from proposals.forms.team import NAME_FIELDS
from proposals.rules.notices import FIELDS, KEYWORDS_LIMIT, SUMMARY_LIMIT
from proposals.rules.texts import REASON_LIMIT, TITLE_LIMIT
from registries.forms.countries import country_choices
from registries.forms.institutions import InstitutionField as NamedInstitution
from registries.forms.institutions import NamesInstitution

ORDER = ("institution", *FIELDS)

# Without these nothing is submitted; a draft may leave them blank.
ASKED = (
    "designation",
    "support_type",
    "title_ja",
    "title_en",
    "partner_agency",
    "institution_name",
    "country_code",
)


class NoticeForm(NamesInstitution):
    """What a notice says. A draft may leave everything blank; what a submitted one lacks the rule says beside its field."""

    use_required_attribute = False
    institution = InstitutionField(label=_("Your institution"), queryset=None)
    designation = DesignationField(label=_("Field and partner country"), queryset=None, required=False)
    title_ja = forms.CharField(label=_("Title in Japanese"), max_length=TITLE_LIMIT, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=TITLE_LIMIT, required=False)
    keywords = forms.CharField(
        label=_("Keywords"),
        max_length=KEYWORDS_LIMIT,
        required=False,
        help_text=_("Separated by commas. Keywords, or the summary below, or both."),
    )
    summary = LongTextField(
        label=_("Short summary"),
        limit=SUMMARY_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    partner_agency = AgencyField(label=_("Partner agency"), queryset=None, required=False)
    email = forms.EmailField(label=_("E-mail of the partner PI"), required=False)
    institution_name = NamedInstitution(label=_("Institution of the partner PI"), required=False)
    country_code = forms.ChoiceField(label=_("Country of that institution"), required=False)
    award_number = forms.CharField(
        label=_("Number of the partner’s award"),
        max_length=60,
        required=False,
        help_text=_("If it is known. Amount and period are asked for in the full proposal."),
    )
    award_title = forms.CharField(label=_("Title of the partner’s award"), max_length=300, required=False)

    def __init__(self, *args: Any, call: Call, institutions: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label_ in NAME_FIELDS:
            words = _("Partner PI: %(name)s") % {"name": label_}
            self.fields[name] = forms.CharField(label=words, max_length=100, required=False)
        choices = (
            ("institution", institutions),
            ("designation", designations_of(call)),
            ("partner_agency", agencies),
        )
        for name, queryset in choices:
            field: Any = self.fields[name]
            field.queryset = queryset
            if len(queryset) == 1:
                field.initial, field.empty_label = queryset[0].pk, None
                self.initial[name] = self.initial.get(name) or queryset[0].pk
        if call.support_types.exists():
            self.fields["support_type"] = SupportTypeField(call)
            self.fields["support_type"].required = False
        country: Any = self.fields["country_code"]
        country.choices = country_choices()
        for name in ("title_ja", "title_en", "keywords"):
            limit = TITLE_LIMIT if name != "keywords" else KEYWORDS_LIMIT
            self.fields[name].widget.attrs["data-max-codepoints"] = str(limit)
        self.order_fields(ORDER)
        self._ask(is_required=True)

    def _ask(self, *, is_required: bool) -> None:
        for name in ASKED:
            if name in self.fields:
                self.fields[name].required = is_required

    def full_clean(self) -> None:
        """The page marks what a submitted notice needs; whether this one is submitted the form does not know."""
        self._ask(is_required=False)
        super().full_clean()
        self._ask(is_required=True)


class NoticeVerdictForm(VerdictForm):
    """Eligible, eligible with an advice, or not; and why."""

    def __init__(self, *args: Any, on_behalf: bool, **kwargs: Any) -> None:
        super().__init__(*args, reason_field="reasons", yes="", no="", on_behalf=on_behalf, **kwargs)
        verdict: Any = self.fields["verdict"]
        verdict.choices = labelled_choices(NoticeAnswer)
        reasons = self.fields["reasons"]
        reasons.label = _("Reasons, or the advice")
        reasons.help_text = _(
            "Needed for an advice and for a no. The other agency reads them only once all agencies have given their verdicts, and then the applicant does."
        )


class AdmitForm(forms.Form):
    """Who is admitted without an accepted notice, and why."""

    email = forms.EmailField(
        label=_("E-mail of the applicant"), help_text=_("The address under which the applicant signs in.")
    )
    reason = LongTextField(label=_("Reason"), limit=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 5}))


class NoticeFilterForm(forms.Form):
    """What is looked for among the notices that were received; it stands in the address."""

    q = forms.CharField(
        label=_("Title, name or number"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    call = forms.ChoiceField(label=_("Call"), required=False)
    agency = forms.ChoiceField(label=_("Partner agency"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    todo = forms.ChoiceField(label=_("Waiting for me"), required=False)
    became = forms.ChoiceField(label=_("Full proposal"), required=False)

    def __init__(self, *args: Any, calls: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies: dict[str, Organisation] = {
            part.agency.public_id: part.agency
            for call in calls
            for part in call.call_agencies.all()
            if part.agency_id != call.lead_agency_id
        }
        states = [(state.value, label(state)) for state in NoticeState if state != NoticeState.DRAFT]
        for name, choices in (
            ("call", [(call.public_id, localized(call, "title")) for call in calls]),
            ("agency", [(key, agency.short_name) for key, agency in agencies.items()]),
            ("state", states),
            ("todo", labelled_choices(NoticeTask)),
            ("became", [("yes", _("received")), ("no", _("none received"))]),
        ):
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *choices]

    @property
    def query(self) -> dict[str, Any]:
        """What is asked for as it stands in an address; what makes no sense is left out."""
        asked = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: value for name, value in asked.items() if value}
