import datetime as dt

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import Person
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.jobs.models import Job
from kernel.violations import NotAllowed, RuleBroken
from projects.models import Project
from proposals.models import ProposalAccess, TeamMember
from registries.models import Country
from reporting.actions.links import link_publication, unlink_publication
from reporting.actions.reports import request_report
from reporting.actions.stays import change_stay, record_stay, record_stay_of_newcomer, remove_stay
from reporting.models import ProjectPublication, Stay
from tests.builders.outcomes import make_paper, make_stay
from tests.builders.people import make_agency, make_member, make_person
from tests.builders.program import make_stage
from tests.builders.projects import make_project
from tests.builders.proposals import make_pi

pytestmark = [pytest.mark.django_db]

STAY = {
    "direction": "dispatch",
    "career_stage": "doctoral",
    "home": "見本大学",
    "host": "Example Institute",
    "country_code": "US",
    "starts_on": dt.date(2026, 5, 1),
    "ends_on": dt.date(2026, 6, 30),
    "degree_sought": "PhD",
}


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def stage():
    return make_stage()


@pytest.fixture
def project(stage):
    return make_project(stage)


def codes(refused):
    return [(violation.code, violation.field) for violation in refused.value.violations]


def co_investigator(project):
    user = make_pi()
    with writing():
        TeamMember.objects.create(
            joined_at=now(),
            proposal=project.proposal,
            person=user.person,
            role="co_investigator",
            institution_name="X",
            country_code="JP",
        )
    return user


def conflicted(stage, project):
    user = make_member(stage.home, Role.PROGRAMME_OFFICER)
    with writing():
        ProposalAccess.objects.create(
            proposal=project.proposal, person=user.person, kind="excluded", source="conflict"
        )
    return user


def test_a_stay_is_recorded_with_an_audit_row_that_names_nobody(stage, project):
    person = make_person(family_romaji="Secret")
    stay = record_stay(project=project, by=stage.home1, person=person, **STAY)
    entry = AuditEntry.objects.get(subject_id=stay.public_id)
    assert (stay.recorded_by, stay.country_code, entry.verb) == (stage.home1, "US", "recorded")
    assert "Secret" not in str(entry.details)


def test_who_may_record_a_stay(stage, project):
    may = [stage.home1, stage.home2, project.pi.user, co_investigator(project)]
    may_not = [
        stage.ministry1,
        stage.partner1,
        conflicted(stage, project),
        make_member(make_agency(), Role.PROGRAMME_OFFICER),
        make_pi(),
    ]
    for user in may:
        record_stay(project=project, by=user, person=make_person(), **STAY)
    for user in may_not:
        with pytest.raises(NotAllowed):
            record_stay(project=project, by=user, person=make_person(), **STAY)
    assert Stay.objects.count() == len(may)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_on": dt.date(2026, 4, 30)}, ("ends_before_start", "ends_on")),
        ({"starts_on": dt.date(2026, 3, 31)}, ("stay_outside_project", "starts_on")),
        ({"ends_on": dt.date(2031, 4, 1)}, ("stay_outside_project", "starts_on")),
        (
            {"starts_on": dt.date(2026, 11, 26), "ends_on": dt.date(2026, 12, 1)},
            ("stay_not_begun", "starts_on"),
        ),
        ({"country_code": "JP"}, ("dispatch_to_japan", "country_code")),
        ({"direction": "acceptance"}, ("acceptance_outside_japan", "country_code")),
        ({"country_code": "QQ"}, ("country_unknown", "country_code")),
        ({"host": "  "}, ("outcome_text_missing", "host")),
    ],
)
def test_a_stay_that_cannot_be_is_refused(stage, project, change, code):
    with pytest.raises(RuleBroken) as refused:
        record_stay(project=project, by=stage.home1, person=make_person(), **{**STAY, **change})
    assert codes(refused) == [code]
    assert not Stay.objects.exists()


def test_a_stay_is_recorded_once(stage, project):
    person = make_person()
    record_stay(project=project, by=stage.home1, person=person, **STAY)
    with pytest.raises(RuleBroken) as refused:
        record_stay(project=project, by=stage.home1, person=person, **STAY)
    assert codes(refused) == [("stay_exists", "starts_on")]


def test_nothing_comes_of_a_project_that_has_not_begun(stage):
    offered = make_project(stage, is_active=False)
    for act in (
        lambda: record_stay(project=offered, by=stage.home1, person=make_person(), **STAY),
        lambda: link_publication(project=offered, publication=make_paper(), by=stage.home1),
    ):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert codes(refused) == [("project_not_begun", "")]


def test_a_newcomer_is_registered_with_the_stay_or_not_at_all(stage, project):
    before = Person.objects.count()
    with pytest.raises(RuleBroken):
        record_stay_of_newcomer(
            project=project, by=stage.home1, names={"given_romaji": "Wayan"}, **{**STAY, "country_code": "QQ"}
        )
    assert Person.objects.count() == before
    stay = record_stay_of_newcomer(project=project, by=stage.home1, names={"given_romaji": "Wayan"}, **STAY)
    assert stay.person.name_in("en") == "Wayan"


def test_the_same_name_typed_again_is_the_person_that_the_project_knows(stage, project):
    names = {
        "family_kanji": "見本",
        "given_kanji": "一郎",
        "family_romaji": "Mihon",
        "given_romaji": "Ichiro",
    }
    known = record_stay_of_newcomer(project=project, by=stage.home1, names=names, **STAY).person
    people = Person.objects.count()
    for again in (names, {"family_romaji": "ＩＣＨＩＲＯ", "given_romaji": "mihon"}):
        with pytest.raises(RuleBroken) as refused:
            record_stay_of_newcomer(project=project, by=stage.home1, names=again, **STAY)
        assert codes(refused) == [("person_known_in_project", "person")]
        assert refused.value.violations[0].params == {"name": known.name}
    assert (Stay.objects.count(), Person.objects.count()) == (1, people)
    other = record_stay_of_newcomer(project=project, by=stage.home1, names=names, is_namesake=True, **STAY)
    assert other.person != known


def test_a_member_of_the_team_is_not_made_anew(stage, project):
    pi = project.pi
    names = {"family_romaji": pi.family_romaji, "given_romaji": pi.given_romaji}
    with pytest.raises(RuleBroken) as refused:
        record_stay_of_newcomer(project=project, by=stage.home1, names=names, **STAY)
    assert codes(refused) == [("person_known_in_project", "person")]


def test_days_of_one_person_at_one_place_are_recorded_once(stage, project):
    person = make_person()
    stay = record_stay(project=project, by=stage.home1, person=person, **STAY)
    later = {**STAY, "starts_on": dt.date(2026, 6, 30), "ends_on": dt.date(2026, 7, 5)}
    with pytest.raises(RuleBroken) as refused:
        record_stay(
            project=project, by=stage.home1, person=person, **{**later, "host": "ＥＸＡＭＰＬＥ institute"}
        )
    assert codes(refused) == [("stay_overlaps", "starts_on")]
    record_stay(project=project, by=stage.home1, person=person, **{**later, "host": "Another Institute"})
    change_stay(stay=stay, by=stage.home1, **{**STAY, "ends_on": dt.date(2026, 6, 29)})
    with writing():
        Stay.objects.exclude(pk=stay.pk).delete()
    after = record_stay(project=project, by=stage.home1, person=person, **later)
    with pytest.raises(RuleBroken) as refused:
        change_stay(stay=after, by=stage.home1, **{**later, "starts_on": dt.date(2026, 6, 29)})
    assert codes(refused) == [("stay_overlaps", "starts_on")]


def test_a_known_orcid_is_the_known_person(stage, project):
    known = make_person(orcid="0000-0002-1825-0097")
    stay = record_stay_of_newcomer(
        project=project, by=stage.home1, names={"given_romaji": "J"}, orcid="0000-0002-1825-0097", **STAY
    )
    assert stay.person == known


def test_a_stay_is_changed_with_before_and_after(stage, project):
    stay = make_stay(project)
    with writing():
        Country.objects.create(code="DE", name_ja="ドイツ", name_en="Germany")
    change_stay(stay=stay, by=project.pi.user, **{**STAY, "country_code": "de"})
    stay.refresh_from_db()
    entry = AuditEntry.objects.get(subject_id=stay.public_id)
    assert stay.country_code == "DE"
    assert (entry.details["before"]["country_code"], entry.details["after"]["country_code"]) == ("US", "DE")


def test_a_stay_is_removed_with_a_reason(stage, project):
    stay = make_stay(project)
    with pytest.raises(RuleBroken) as refused:
        remove_stay(stay=stay, by=stage.home1, reason=" ")
    assert codes(refused) == [("outcome_text_missing", "reason")]
    public_id = stay.public_id
    remove_stay(stay=stay, by=stage.home1, reason="二重登録")
    entry = AuditEntry.objects.get(subject_id=public_id)
    assert (Stay.objects.count(), entry.verb, entry.private["reason"]) == (0, "removed", "二重登録")


def test_others_change_and_remove_nothing(stage, project):
    stay = make_stay(project)
    for user in (stage.partner1, stage.ministry1, conflicted(stage, project)):
        with pytest.raises(NotAllowed):
            change_stay(stay=stay, by=user, **STAY)
        with pytest.raises(NotAllowed):
            remove_stay(stay=stay, by=user, reason="x")
        with pytest.raises(NotAllowed):
            link_publication(project=project, publication=make_paper(), by=user)


def test_a_paper_is_linked_once_to_each_project(stage, project):
    other, paper = make_project(stage), make_paper()
    link_publication(project=project, publication=paper, by=stage.home1)
    link_publication(project=other, publication=paper, by=other.pi.user)
    with pytest.raises(RuleBroken) as refused:
        link_publication(project=project, publication=paper, by=stage.home1)
    assert (codes(refused), ProjectPublication.objects.count()) == ([("paper_linked_already", "")], 2)


@pytest.mark.parametrize(
    "published", [{"year": 2025}, {"year": 2026, "published_on": dt.date(2026, 3, 31)}], ids=["year", "day"]
)
def test_a_paper_older_than_the_project_is_refused(stage, project, published):
    with pytest.raises(RuleBroken) as refused:
        link_publication(project=project, publication=make_paper(**published), by=stage.home1)
    assert codes(refused) == [("paper_before_project", "publication")]
    assert refused.value.violations[0].params == {"first": dt.date(2026, 4, 1)}
    assert not ProjectPublication.objects.exists()


def test_a_paper_of_the_first_day_or_of_an_unknown_day_is_taken(stage, project):
    for published in ({"published_on": dt.date(2026, 4, 1)}, {}, {"year": None}):
        link_publication(project=project, publication=make_paper(**published), by=stage.home1)
    assert ProjectPublication.objects.count() == 3


def test_a_paper_is_unlinked_once(stage, project):
    paper = make_paper(project=project)
    unlink_publication(project=project, publication=paper, by=stage.home1)
    with pytest.raises(RuleBroken) as refused:
        unlink_publication(project=project, publication=paper, by=stage.home1)
    assert codes(refused) == [("paper_not_linked", "")]
    assert AuditEntry.objects.filter(subject_id=project.public_id, verb="paper_unlinked").count() == 1


def test_a_report_is_asked_for_once_a_key(stage, project):
    asked = [
        request_report(programme=stage.programme, fiscal_year=2026, by=stage.home1, key="k") for _ in range(2)
    ]
    assert (asked[0], Job.objects.count()) == (asked[1], 1)
    assert asked[0].payload == {"programme": stage.programme.public_id, "agency": None, "fiscal_year": 2026}


def test_who_may_ask_for_a_report(stage, project):
    ask = {"programme": stage.programme, "fiscal_year": 2026}
    for user in (stage.home1, stage.home2):
        request_report(by=user, **ask)
        request_report(by=user, agency=stage.home, **ask)
    for user in (
        stage.ministry1,
        stage.partner1,
        project.pi.user,
        conflicted(stage, project),
        make_member(make_agency(), Role.PROGRAMME_OFFICER),
    ):
        with pytest.raises(NotAllowed):
            request_report(by=user, **ask)
    with pytest.raises(NotAllowed):
        request_report(by=stage.home1, agency=make_agency(), **ask)
    assert Job.objects.count() == 4


@pytest.mark.parametrize(
    ("year", "code"),
    [(2022, "report_year_not_of_programme"), (2027, "report_year_ahead"), (2025, "report_without_projects")],
)
def test_a_report_of_a_year_without_matter_is_refused(stage, project, year, code):
    assert Project.objects.get().first_year == 2026
    with pytest.raises(RuleBroken) as refused:
        request_report(programme=stage.programme, fiscal_year=year, by=stage.home1)
    assert code in [violation.code for violation in refused.value.violations]
