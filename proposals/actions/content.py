"""A proposal as plain data: what is submitted, hashed, printed, and put back when a reopened draft is locked."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import Organisation, Person
from kernel.files.models import StoredFile
from program.models import Designation, FormSection
from proposals.actions.workload import loads_of
from proposals.models import (
    BudgetLine,
    ExchangePlan,
    OtherGrant,
    PartnerAward,
    Proposal,
    ProposalSection,
    TeamMember,
)
from proposals.questions import answers_as_plain, questions_of
from proposals.rules.budget import Cap
from proposals.rules.completeness import Written, WrittenSection
from registries.models import ExchangeRate

NAMES = ("family_kanji", "given_kanji", "family_kana", "given_kana", "family_romaji", "given_romaji")
MEMBER = ("public_id", "role", "institution_name", "institution_ror_id", "country_code", "effort_percent")
AWARD = (
    "registered_id",
    "rate_id",
    "public_id",
    "number",
    "title",
    "pi_name",
    "amount",
    "currency",
    "amount_yen",
    "starts_on",
    "ends_on",
)
GRANT = (
    "public_id",
    "status",
    "funder",
    "title",
    "amount_yen",
    "first_year",
    "last_year",
    "effort_percent",
)
EXCHANGE = (
    "public_id",
    "direction",
    "person_name",
    "career_stage",
    "host",
    "country_code",
    "starts_on",
    "ends_on",
    "degree_sought",
)


def canonical(content: dict[str, Any]) -> str:
    """The one spelling of a content that is hashed: keys sorted, no blanks, UTF-8."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical content, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _plain(obj: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    values = {field: getattr(obj, field) for field in fields}
    return {key: v.isoformat() if isinstance(v, dt.date) else v for key, v in values.items()}


def file_of(file: StoredFile | None) -> dict[str, Any] | None:
    """A file by its name, size and digest."""
    if file is None:
        return None
    return {"public_id": file.public_id, "name": file.name, "sha256": file.sha256, "size": file.size}


def rate_of(rate: ExchangeRate | None) -> dict[str, Any] | None:
    """The rate that made a yen value, in words that stay true when the registry changes."""
    if rate is None:
        return None
    plain = _plain(rate, ("on", "basis", "source"))
    return {**plain, "yen_per_unit": f"{rate.yen_per_unit.normalize():f}"}


def _designation(designation: Designation | None) -> dict[str, Any] | None:
    if designation is None:
        return None
    partner, names = (designation.country, "name") if designation.country else (designation.group, "title")
    return {
        "public_id": designation.public_id,
        "field_ja": designation.field.title_ja,
        "field_en": designation.field.title_en,
        "partner_ja": getattr(partner, f"{names}_ja"),
        "partner_en": getattr(partner, f"{names}_en"),
    }


def read_whole(proposal: Proposal) -> None:
    """Read all parts of a proposal at once and keep them on it, for whoever asks for its content, what it lacks and what
    should be looked at. Only for a row that is not changed afterwards."""
    prefetch_related_objects(
        [proposal],
        Prefetch("sections", ProposalSection.objects.select_related("edited_by__person")),
        "form_version__sections__fields",
        Prefetch("team", TeamMember.objects.select_related("person")),
        Prefetch("awards", PartnerAward.objects.select_related("agency__agency_profile", "evidence", "rate")),
        "exchange",
        "budget",
        Prefetch("grants", OtherGrant.objects.select_related("person")),
    )


def _in_order(rows: Any) -> list[Any]:
    return sorted(rows.all(), key=lambda row: row.pk)


def _section(section: FormSection, entry: ProposalSection | None) -> dict[str, Any]:
    """A section as it is hashed and shown; what it does not ask is not mentioned."""
    plain: dict[str, Any] = {
        "key": section.key,
        "title_ja": section.title_ja,
        "title_en": section.title_en,
        "text": entry.text if entry else "",
    }
    if not section.has_text:
        plain["kind"] = section.kind
    answers = answers_as_plain(section, entry.answers if entry else {})
    return {**plain, "answers": answers} if answers else plain


def content_of(proposal: Proposal) -> dict[str, Any]:
    """The whole proposal as it stands: JSON values only, amounts in minor units, days in ISO 8601.

    The same proposal gives the same content, and so the same digest, however often it is submitted.
    """
    call = proposal.call
    written = {entry.section_id: entry for entry in proposal.sections.all()}
    return {
        "call": {"code": call.code, "title_ja": call.title_ja, "title_en": call.title_en},
        "designation": _designation(proposal.designation),
        "title_ja": proposal.title_ja,
        "title_en": proposal.title_en,
        "years": proposal.years,
        "fiscal_years": list(proposal.fiscal_years),
        "institution": _plain(
            proposal.institution, ("public_id", "name_ja", "name_en", "ror_id", "erad_code")
        ),
        "sections": [
            _section(section, written.get(section.pk)) for section in proposal.form_version.sections.all()
        ],
        "team": [
            {
                **_plain(member, MEMBER),
                "person": {
                    **_plain(member.person, ("public_id", *NAMES, "orcid", "erad_number")),
                },
            }
            for member in _in_order(proposal.team)
        ],
        "awards": [
            {
                **_plain(award, AWARD),
                "agency": _plain(award.agency, ("public_id", "short_name", "name_ja", "name_en")),
                "evidence": file_of(award.evidence),
                "rate": rate_of(award.rate),
            }
            for award in _in_order(proposal.awards)
        ],
        "budget": [
            {"fiscal_year": line.fiscal_year, "category": line.category, "amount": line.amount}
            for line in sorted(proposal.budget.all(), key=lambda line: (line.fiscal_year, line.category))
            if line.fiscal_year in proposal.fiscal_years
        ],
        "exchange": [_plain(plan, EXCHANGE) for plan in _in_order(proposal.exchange)],
        "grants": [
            {**_plain(grant, GRANT), "person": grant.person.public_id} for grant in _in_order(proposal.grants)
        ],
        "attachment": file_of(proposal.attachment),
    }


def written_of(proposal: Proposal) -> Written:
    """What the rules of completeness look at, for the proposal as it stands."""
    call = proposal.call
    written = {entry.section_id: entry for entry in proposal.sections.all()}
    sections = []
    for section in proposal.form_version.sections.all():
        entry = written.get(section.pk)
        answers = entry.answers if entry else {}
        sections.append(
            WrittenSection(
                key=section.key,
                text=entry.text if entry else "",
                limit=section.limit,
                is_required=section.is_required,
                is_complete=bool(entry and entry.is_complete),
                unit=section.unit,
                has_text=section.has_text,
                answers=[(question, answers.get(question.key)) for question in questions_of(section)],
            )
        )
    years, calendar = proposal.fiscal_years, call.programme.calendar
    first_day, last_day = calendar.first_day(years[0]), calendar.last_day(years[-1])
    return Written(
        title_ja=proposal.title_ja,
        title_en=proposal.title_en,
        years=proposal.years,
        least_years=call.min_years,
        most_years=call.max_years,
        has_designation=proposal.designation_id is not None,
        sections=sections,
        partner_leaders=sum(member.role == "partner_pi" for member in proposal.team.all()),
        loads=loads_of(proposal),
        awards=len(proposal.awards.all()),
        dispatches=sum(plan.direction == "dispatch" for plan in proposal.exchange.all()),
        stays_outside=sum(
            plan.starts_on < first_day or plan.ends_on > last_day for plan in proposal.exchange.all()
        ),
        fiscal_years=proposal.fiscal_years,
        amounts={(line.fiscal_year, line.category): line.amount for line in proposal.budget.all()},
        indirect_percent=call.indirect_percent,
        caps=caps_of(proposal),
    )


def caps_of(proposal: Proposal) -> list[Cap]:
    """The caps of the call that have a limit in yen."""
    return [
        Cap(limit=cap.limit_yen, basis=cap.basis, period=cap.period)
        for cap in proposal.call.caps.order_by("pk")
        if cap.limit_yen is not None
    ]


def put_back(proposal: Proposal, content: dict[str, Any]) -> None:
    """Let a locked row and its parts be again as `content` says: the version that was submitted counts, and what was
    rewritten after it and not submitted again does not.

    Parts that still exist keep their rows, and so the agencies' answers on them.
    """
    proposal.title_ja, proposal.title_en = content["title_ja"], content["title_en"]
    proposal.years = content["years"]
    proposal.designation = next(
        (
            entry.designation
            for entry in proposal.call.call_designations.select_related("designation")
            if entry.designation.public_id == (content["designation"] or {}).get("public_id")
        ),
        proposal.designation,
    )
    attachment = content["attachment"]
    proposal.attachment = StoredFile.objects.get(public_id=attachment["public_id"]) if attachment else None
    proposal.save()
    texts = {section["key"]: section["text"] for section in content["sections"]}
    answers = {
        section["key"]: {
            one["key"]: one["answer"] for one in section.get("answers", ()) if one["answer"] is not None
        }
        for section in content["sections"]
    }
    for entry in ProposalSection.objects.filter(proposal=proposal).select_related("section"):
        text, given = texts.get(entry.section.key, ""), answers.get(entry.section.key, {})
        if (entry.text, entry.answers) != (text, given):
            entry.text, entry.answers = text, given
            entry.revision += 1
            entry.save()
    proposal.budget.all().delete()
    BudgetLine.objects.bulk_create(BudgetLine(proposal=proposal, **line) for line in content["budget"])

    def keep(model: Any, rows: list[dict[str, Any]], **extra: Any) -> None:
        model.objects.filter(proposal=proposal).exclude(
            public_id__in=[row["public_id"] for row in rows]
        ).delete()
        for row in rows:
            values = {key: value for key, value in row.items() if key not in ("public_id", "rate")}
            for key, find in extra.items():
                values[key] = find(values[key])
            model.objects.update_or_create(proposal=proposal, public_id=row["public_id"], defaults=values)

    keep(
        TeamMember,
        content["team"],
        person=lambda person: Person.objects.get(public_id=person["public_id"]),
    )
    keep(
        PartnerAward,
        content["awards"],
        agency=lambda agency: Organisation.objects.get(public_id=agency["public_id"]),
        evidence=lambda file: StoredFile.objects.get(public_id=file["public_id"]) if file else None,
    )
    keep(ExchangePlan, content["exchange"])
    keep(
        OtherGrant,
        content.get("grants", []),  # a submission from before they were asked for has none
        person=lambda person: Person.objects.get(public_id=person),
    )
    # What was read of it before is true no more.
    proposal._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # Django's own
