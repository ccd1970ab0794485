"""Setting up a programme: its years, its facts and their sources, fields, country groups, evaluations."""

from typing import Any

from accounts.actions.people import register_organisation
from accounts.enums import OrganisationKind
from accounts.models import Organisation, User
from kernel import audit
from kernel.actions import action, require
from kernel.revisions import refuse_stale
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.actions.envelopes import add_envelope_entry
from program.actions.evaluations import (
    change_evaluation,
    plan_evaluation,
    remove_evaluation,
)
from program.actions.fields import add_country_group, add_field, change_field, change_group_member
from program.actions.indicators import add_baseline, add_indicator, change_indicator, set_target
from program.models import (
    AgencyProfile,
    Programme,
    SourcedFact,
)
from program.permissions import is_ministry_of, may_keep_programme, may_set_up_calls
from program.rules.milestones import office_violations
from registries.models import Country, ReviewProject
from registries.rules.review_record import recorded_supplements

__all__ = [
    "add_agency",
    "add_baseline",
    "add_country_group",
    "add_envelope_entry",
    "add_fact",
    "add_field",
    "add_indicator",
    "change_evaluation",
    "change_field",
    "change_group_member",
    "change_indicator",
    "change_programme",
    "create_programme",
    "note_review_record",
    "plan_evaluation",
    "remove_evaluation",
    "remove_fact",
    "set_agency_profile",
    "set_target",
]


@action
def create_programme(
    *,
    by: User,
    code: str,
    title_ja: str,
    title_en: str,
    ministry: Organisation,
    first_year: int,
    last_year: int,
    **fields: Any,
) -> Programme:
    """Make a programme over the fiscal years `first_year` to `last_year`. Officers of its ministry may.

    `fields` are the other columns of `Programme`: purpose, issues and outline in either language, currency, first
    month of the fiscal year, zone, fund model, default tier.

    Raises:
        RuleBroken: `programme_code_taken`, `programme_years_out_of_order`, `programme_month_unknown`.
    """
    require(is_ministry_of(by, ministry))
    with constraints_speak(Violation("programme_code_taken", "code")):
        programme = Programme.objects.create(
            code=code,
            title_ja=title_ja,
            title_en=title_en,
            ministry=ministry,
            first_year=first_year,
            last_year=last_year,
            **fields,
        )
    audit.record("created", programme, by=by, details={"code": code, "years": [first_year, last_year]})
    return programme


WORDS = (
    "title_ja",
    "title_en",
    "purpose_ja",
    "purpose_en",
    "issues_ja",
    "issues_en",
    "outline_ja",
    "outline_en",
)


@action
def change_programme(
    *, programme: Programme, by: User, last_year: int, seen: str = "", **words: str
) -> Programme:
    """Change a programme's words (any of `WORDS`), or the year in which it ends; its first year and calendar stay.

    Raises:
        RuleBroken: `programme_years_out_of_order`, `programme_year_in_use` (an envelope lies after the new last year);
            `stale_version` if the programme was changed since `seen`.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    require(may_keep_programme(by, programme))
    refuse_stale(programme, seen, writer=by, verb="changed", subject=programme)
    refuse_if(
        Violation("programme_year_in_use", "last_year")
        if programme.envelopes.filter(fiscal_year__gt=last_year).exists()
        else None
    )
    before = {"last_year": programme.last_year}
    for name in WORDS:
        setattr(programme, name, words.get(name, getattr(programme, name)))
    programme.last_year = last_year
    with constraints_speak():
        programme.save()
    audit.record("changed", programme, by=by, details={"before": before, "after": {"last_year": last_year}})
    return programme


@action
def remove_fact(*, fact: SourcedFact, by: User) -> None:
    """Take away a statement that was entered by mistake; what it said stays in the audit trail."""
    require(may_keep_programme(by, fact.programme))
    audit.record(
        "fact_removed",
        fact.programme,
        by=by,
        details={"about": fact.about, "value": fact.value_en, "source": fact.source_en, "dated": fact.dated},
    )
    fact.delete()


@action
def add_fact(
    *,
    programme: Programme,
    by: User,
    about: str,
    value_ja: str,
    value_en: str,
    source_ja: str,
    source_en: str,
    dated: str,
) -> SourcedFact:
    """Note what one source says of the programme. Sources differ; each is kept beside the others.

    Raises:
        RuleBroken: `fact_is_there` for a second one about the same from the same source.
    """
    require(may_keep_programme(by, programme))
    with constraints_speak(Violation("fact_is_there", "source_ja")):
        fact = SourcedFact.objects.create(
            programme=programme,
            about=about,
            value_ja=value_ja,
            value_en=value_en,
            source_ja=source_ja,
            source_en=source_en,
            dated=dated,
        )
    audit.record("fact_added", programme, by=by, details={"about": about, "value": value_en, "dated": dated})
    return fact


@action
def note_review_record(*, programme: Programme, project: ReviewProject, by: User) -> list[SourcedFact]:
    """Note that the programme is this project of the ministry's review record, and what the record says of it, dated.

    Its years, and each supplementary budget that was entered later. What is noted already stays as it is.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    require(may_keep_programme(by, programme))
    programme.review_number = project.number
    programme.save(update_fields=["review_number"])
    audit.record("review_record_noted", programme, by=by, details={"number": project.number})
    added = []
    for fact in _recorded_facts(project):
        if not programme.facts.filter(about=fact["about"], source_ja=fact["source_ja"]).exists():
            added.append(add_fact(programme=programme, by=by, **fact))
    return added


def _recorded_facts(project: ReviewProject) -> list[dict[str, str]]:
    year = str(project.review_year or "")
    facts = []
    if project.start_year:
        facts.append(
            {
                "about": "years",
                "value_ja": f"{project.start_year}年度～{f'{project.end_year}年度' if project.end_year else '終了予定なし'}",
                "value_en": f"FY{project.start_year} to {f'FY{project.end_year}' if project.end_year else 'no end set'}",
                "source_ja": f"行政事業レビュー{year}（予算事業ID {project.number}）",
                "source_en": f"Administrative programme review {year}, project {project.number}",
                "dated": year or "–",
            }
        )
    for supplement in recorded_supplements(project.remarks):
        thousands = f"{supplement.yen // 1_000:,}"
        facts.append(
            {
                "about": "addition",
                "value_ja": f"{supplement.fiscal_year or ''}年度補正予算 {thousands}千円",
                "value_en": f"Supplementary budget FY{supplement.fiscal_year or ''}: ¥{thousands} thousand",
                "source_ja": f"行政事業レビュー{year}（予算事業ID {project.number}、{supplement.dated}修正）",
                "source_en": f"Administrative programme review {year}, project {project.number}, corrected {supplement.dated}",
                "dated": supplement.dated,
            }
        )
    return facts


@action
def add_agency(
    *,
    by: User,
    short_name: str,
    country: Country,
    name_ja: str = "",
    name_en: str = "",
    ror_id: str | None = None,
) -> Organisation:
    """Make a funding agency known; programme officers of a Japanese agency may.

    Raises:
        RuleBroken: `organisation_without_name`, `organisation_ror_taken`.
    """
    require(may_set_up_calls(by))
    taken = Organisation.objects.filter(ror_id=ror_id).first() if ror_id else None
    refuse_if(
        Violation("organisation_without_name", "name_en")
        if is_blank_text(name_ja) and is_blank_text(name_en)
        else None,
        Violation("organisation_ror_taken", "ror_id", {"name": taken.short_name}) if taken else None,
    )
    return register_organisation(
        kind=OrganisationKind.FUNDING_AGENCY,
        short_name=short_name,
        country_code=country.code,
        by=by,
        name_ja=name_ja,
        name_en=name_en,
        ror_id=ror_id,
    )


@action
def set_agency_profile(*, agency: Organisation, by: User, seen: str = "", **profile: Any) -> AgencyProfile:
    """Keep what the programme must know of an agency; programme officers of a Japanese agency may.

    `profile` are columns of `AgencyProfile`; those not named stay as they are.

    Raises:
        RuleBroken: `office_closes_before_it_opens`, `office_never_open`, `closed_day_unknown`; `stale_version` if
            the profile was changed since `seen`.
    """
    require(may_set_up_calls(by))
    kept, _ = AgencyProfile.objects.select_for_update().get_or_create(agency=agency)
    refuse_stale(kept, seen, writer=by, verb="profile_set", subject=agency)
    for name, value in profile.items():
        setattr(kept, name, value)
    refuse_if(*office_violations(kept.office_opens, kept.office_closes, kept.closed_days))
    kept.save()
    audit.record("profile_set", agency, by=by, details={name: str(value) for name, value in profile.items()})
    return kept
