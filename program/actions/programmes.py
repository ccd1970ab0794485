"""Setting up a programme: its years, its facts and their sources, fields, country groups, evaluations."""

from typing import Any

from accounts.models import Organisation, User
from kernel import audit
from kernel.actions import action, require
from kernel.violations import Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.actions.envelopes import add_envelope_entry
from program.actions.fields import add_country_group, add_field, change_field, change_group_member
from program.actions.indicators import add_baseline, add_indicator
from program.models import (
    AgencyProfile,
    Programme,
    ProgrammeEvaluation,
    SourcedFact,
)
from program.permissions import is_ministry_of, may_keep_programme, may_set_up_calls

__all__ = [
    "add_baseline",
    "add_country_group",
    "add_envelope_entry",
    "add_fact",
    "add_field",
    "add_indicator",
    "change_field",
    "change_group_member",
    "change_programme",
    "create_programme",
    "plan_evaluation",
    "remove_evaluation",
    "remove_fact",
    "set_agency_profile",
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
def change_programme(*, programme: Programme, by: User, last_year: int, **words: str) -> Programme:
    """Change a programme's words (any of `WORDS`), or the year in which it ends; its first year and calendar stay.

    Raises:
        RuleBroken: `programme_years_out_of_order`, `programme_year_in_use` (an envelope lies after the new last year).
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    require(may_keep_programme(by, programme))
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
def remove_evaluation(*, evaluation: ProgrammeEvaluation, by: User) -> None:
    """Take away an evaluation that was entered by mistake."""
    require(may_keep_programme(by, evaluation.programme))
    audit.record(
        "evaluation_removed",
        evaluation.programme,
        by=by,
        details={"kind": evaluation.kind, "year": evaluation.year},
    )
    evaluation.delete()


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
def plan_evaluation(
    *, programme: Programme, by: User, kind: str, year: int, note_ja: str = "", note_en: str = ""
) -> ProgrammeEvaluation:
    """Note an evaluation of the programme, held or planned in fiscal year `year`. There may be several of a kind."""
    require(may_keep_programme(by, programme))
    evaluation = ProgrammeEvaluation.objects.create(
        programme=programme, kind=kind, year=year, note_ja=note_ja, note_en=note_en
    )
    audit.record("planned", evaluation, by=by, details={"kind": kind, "year": year})
    return evaluation


@action
def set_agency_profile(*, agency: Organisation, by: User, **profile: Any) -> AgencyProfile:
    """Keep what the programme must know of an agency; programme officers of a Japanese agency may.

    `profile` are columns of `AgencyProfile`; those not named stay as they are.
    """
    require(may_set_up_calls(by))
    kept, _ = AgencyProfile.objects.select_for_update().get_or_create(agency=agency)
    for name, value in profile.items():
        setattr(kept, name, value)
    kept.save()
    audit.record("profile_set", agency, by=by, details={name: str(value) for name, value in profile.items()})
    return kept
