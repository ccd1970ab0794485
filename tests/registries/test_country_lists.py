"""Every list of countries to choose from has the same order."""

import pytest
from django.utils import translation

from accounts.models import Organisation
from program.forms.designations import DesignationForm
from program.forms.programmes import GroupForm, GroupMemberForm
from program.models import Programme
from proposals.forms.exchange import StayPlanForm
from proposals.forms.team import PlaceForm
from registries.forms.lists import WithCountryForm
from registries.forms.organisations import OrganisationForm
from reporting.forms import StayForm
from review.forms.office import ReviewerForm
from tests.builders.registries import make_country

pytestmark = pytest.mark.django_db

LISTS = {
    "a designation": lambda: DesignationForm(programmes=Programme.objects.none()).fields["country"],
    "a group": lambda: GroupForm().fields["countries"],
    "a member of a group": lambda: GroupMemberForm().fields["country"],
    "an institution": lambda: OrganisationForm().fields["country_code"],
    "a stay that is planned": lambda: StayPlanForm().fields["country_code"],
    "a team": lambda: PlaceForm().fields["country_code"],
    "a search": lambda: WithCountryForm().fields["country"],
    "a stay": lambda: StayForm().fields["country_code"],
    "a pool": lambda: ReviewerForm(agencies=Organisation.objects.none(), on_behalf=[], last_letter="").fields[
        "country"
    ],
}


@pytest.mark.parametrize("of", LISTS)
@pytest.mark.parametrize(
    ("language", "codes"), [("ja", ["JP", "US", "GB", "CN", "DE"]), ("en", ["JP", "CN", "DE", "GB", "US"])]
)
def test_countries_are_chosen_by_name(of: str, language: str, codes: list[str]) -> None:
    for code, name_ja, name_en in (
        ("CN", "中国", "China"),
        ("DE", "ドイツ", "Germany"),
        ("GB", "イギリス", "United Kingdom"),
        ("JP", "日本", "Japan"),
        ("US", "アメリカ合衆国", "United States"),
    ):
        make_country(code, name_ja, name_en)
    with translation.override(language):
        values = [str(value) for value, _words in LISTS[of]().choices]
    assert [value for value in values if value] == codes
