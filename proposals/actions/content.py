"""A proposal as plain data: what is submitted, hashed, printed, and put back when a reopened draft is locked."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import Organisation
from kernel.clock import now
from kernel.files.models import StoredFile
from program.enums import FieldKind
from program.models import Designation, FormSection, SupportType
from proposals.actions.budget_content import budget_of, written_in
from proposals.actions.budgets import beyond, write_budget
from proposals.actions.exchange_content import exchange_of, stays_in
from proposals.actions.standing_content import standing_in, standing_of
from proposals.actions.statement_content import statements_of
from proposals.actions.team_content import names_in_registry, people_meant
from proposals.budgeting import months_in
from proposals.models import (
    ExchangePlan,
    OtherGrant,
    PartnerAward,
    Proposal,
    ProposalSection,
    StandingRecord,
    Statement,
    TeamMember,
)
from proposals.posts import POST_OF_MEMBER
from proposals.questions import answers_as_plain
from proposals.rules.answers import outside_term, with_cells
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
COLLECTED = ("key", "file", "row", "on", "received_on")
LATER_OF_AWARD = {"pi_role": "", "taken_over": {}}
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
SUPPORT_TYPE = ("public_id", "key", "title_ja", "title_en", "early_career_ja", "early_career_en")


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


def read_whole(*proposals: Proposal) -> None:
    """Read all parts of proposals at once and keep them on each, for whoever asks for its content, what it lacks and what
    should be looked at. Only for a row that is not changed afterwards."""
    prefetch_related_objects(
        proposals,
        Prefetch("sections", ProposalSection.objects.select_related("edited_by__person")),
        "form_version__sections__fields",
        Prefetch("team", TeamMember.objects.select_related("person")),
        Prefetch("awards", PartnerAward.objects.select_related("agency__agency_profile", "evidence", "rate")),
        "exchange",
        "budget",
        "budget_institutions",
        "other_funding",
        Prefetch("grants", OtherGrant.objects.select_related("person")),
        Prefetch("standing", StandingRecord.objects.select_related("person")),
        Prefetch(
            "statements",
            Statement.objects.select_related("person", "stated_by").prefetch_related("person__posts"),
        ),
    )


def _in_order(rows: Any) -> list[Any]:
    return sorted(rows.all(), key=lambda row: row.pk)


def _section(section: FormSection, entry: ProposalSection | None, years: range) -> dict[str, Any]:
    """A section as it is hashed and shown; what it does not ask is not mentioned."""
    plain: dict[str, Any] = {
        "key": section.key,
        "title_ja": section.title_ja,
        "title_en": section.title_en,
        "text": entry.text if entry else "",
    }
    if not section.has_text:
        plain["kind"] = section.kind
    answers = answers_as_plain(section, entry.answers if entry else {}, years)
    return {**plain, "answers": answers} if answers else plain


def content_of(proposal: Proposal) -> dict[str, Any]:
    """The whole proposal as it stands: JSON values only, amounts in minor units, days in ISO 8601.

    The same proposal gives the same content, and so the same digest, however often it is submitted. What a call does not
    ask for, such as a support type, is not mentioned.
    """
    call = proposal.call
    team, stays = _in_order(proposal.team), _in_order(proposal.exchange)
    budget = budget_of(proposal)
    written = {entry.section_id: entry for entry in proposal.sections.all()}
    chosen = proposal.support_type
    return {
        **({"support_type": _plain(chosen, SUPPORT_TYPE)} if chosen else {}),
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
            _section(section, written.get(section.pk), proposal.fiscal_years)
            for section in proposal.form_version.sections.all()
        ],
        "team": [
            {
                **_plain(member, MEMBER),
                # A digest that was signed before tasks were asked for stays what it was.
                **({"task": member.task} if member.task else {}),
                **{name: value for name in POST_OF_MEMBER if (value := getattr(member, name))},
                "person": {
                    **_plain(member.person, ("public_id", *NAMES, "orcid", "erad_number")),
                },
            }
            for member in team
        ],
        "awards": [
            {
                **_plain(award, AWARD),
                # As with tasks: what is not there is not mentioned.
                **{name: value for name in LATER_OF_AWARD if (value := getattr(award, name))},
                "agency": _plain(award.agency, ("public_id", "short_name", "name_ja", "name_en")),
                "evidence": file_of(award.evidence),
                "rate": rate_of(award.rate),
            }
            for award in _in_order(proposal.awards)
        ],
        **standing_of(_in_order(proposal.standing)),
        **budget,
        **exchange_of(stays),
        **names_in_registry(
            [
                *(member.institution_ror_id for member in team),
                *(stay.host_ror_id for stay in stays),
                *(one["ror_id"] for one in budget.get("budget_institutions", ())),
                *(
                    post["institution_ror_id"]
                    for statement in proposal.statements.all()
                    for post in statement.posts
                ),
            ]
        ),
        "grants": [
            {**_plain(grant, GRANT), "person": grant.person.public_id} for grant in _in_order(proposal.grants)
        ],
        **statements_of(_in_order(proposal.statements)),
        "attachment": file_of(proposal.attachment),
        # Who reads it later is told that nobody has written it here.
        **({"collected": {k: proposal.collected[k] for k in COLLECTED}} if proposal.collected else {}),
    }


def put_back(proposal: Proposal, content: dict[str, Any]) -> None:
    """Let a locked row and its parts be again as `content` says: the version that was submitted counts, and what was
    rewritten after it and not submitted again does not.

    Parts that still exist keep their rows, and so the agencies' answers on them; so do members whoever they are by now. Money of
    years outside its term is no part of what was submitted, and stays where it is.
    """
    person = people_meant(proposal, content)
    years = content["fiscal_years"]
    money, known, brought = beyond(proposal, years)
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
    own_type = (content.get("support_type") or {}).get("public_id")
    proposal.support_type = SupportType.objects.filter(call=proposal.call, public_id=own_type).first()
    attachment = content["attachment"]
    proposal.attachment = StoredFile.objects.get(public_id=attachment["public_id"]) if attachment else None
    proposal.first_month, proposal.last_month = months_in(content)
    proposal.save()
    texts = {section["key"]: section["text"] for section in content["sections"]}
    answers = {
        section["key"]: {
            one["key"]: one["answer"] for one in section.get("answers", ()) if one["answer"] is not None
        }
        for section in content["sections"]
    }
    tables = {
        section["key"]: [
            one["key"] for one in section.get("answers", ()) if one["kind"] == FieldKind.YEN_TABLE
        ]
        for section in content["sections"]
    }
    for entry in ProposalSection.objects.filter(proposal=proposal).select_related("section"):
        text, given = texts.get(entry.section.key, ""), dict(answers.get(entry.section.key, {}))
        for key in tables.get(entry.section.key, ()):
            if cut_off := outside_term(FieldKind.YEN_TABLE, entry.answers.get(key), years):
                given[key] = with_cells(given.get(key), cut_off)
        if (entry.text, entry.answers) != (text, given):
            entry.text, entry.answers = text, given
            entry.revision += 1
            entry.save()
    parts, institutions, funding = written_in(content)
    parts = {key: {**parts.get(key, {}), **money.get(key, {})} for key in {**parts, **money}}
    write_budget(proposal, parts, {**known, **institutions}, {**funding, **brought})

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
        [{"task": "", **dict.fromkeys(POST_OF_MEMBER, ""), **member} for member in content["team"]],
        person=lambda one: person(one["public_id"]),
    )
    keep(
        PartnerAward,
        [{**LATER_OF_AWARD, **award} for award in content["awards"]],
        agency=lambda agency: Organisation.objects.get(public_id=agency["public_id"]),
        evidence=lambda file: StoredFile.objects.get(public_id=file["public_id"]) if file else None,
    )
    keep(ExchangePlan, stays_in(content))
    keep(StandingRecord, standing_in(content), person=person)
    # A submission from before they were asked for has none.
    keep(OtherGrant, content.get("grants", []), person=person)
    # Who was taken off the reopened draft is on it again, and takes part as far as they had signed.
    signed = proposal.signatures.values("person")
    proposal.team.filter(joined_at=None, person__in=signed).update(joined_at=now())
    keep(
        Statement,
        [{"posts": [], **statement} for statement in content.get("statements", [])],
        person=lambda one: person(one) if one else None,
        stated_by=lambda one: person(one["public_id"]),
    )
    # What was read of it before is true no more.
    proposal._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # Django's own
