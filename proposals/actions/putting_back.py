"""A proposal as it was submitted, once more: for a reopened draft that is locked without having been submitted again."""

from typing import Any

from accounts.models import Organisation
from kernel.clock import now
from kernel.files.models import StoredFile
from program.enums import FieldKind
from program.models import SupportType
from proposals.actions.budget_content import written_in
from proposals.actions.budgets import beyond, write_budget
from proposals.actions.content import LATER_OF_AWARD
from proposals.actions.exchange_content import stays_in
from proposals.actions.standing_content import standing_in
from proposals.actions.team_content import people_meant
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
from proposals.rules.answers import outside_term, with_cells


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
