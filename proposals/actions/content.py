"""A proposal as plain data: what is submitted, hashed, printed, and put back when a reopened draft is locked."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from kernel.files.models import StoredFile
from program.models import Designation, FormSection
from proposals.actions.budget_content import budget_of
from proposals.actions.exchange_content import exchange_of
from proposals.actions.standing_content import standing_of
from proposals.actions.statement_content import statements_of
from proposals.actions.team_content import names_in_registry
from proposals.models import (
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
