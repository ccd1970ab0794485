"""Applicants by the thousand: a submitted proposal of the demo, copied row by row into drafts of people of their own."""

import dataclasses
import datetime as dt
import hashlib
import io
import secrets
from collections.abc import Sequence
from typing import Any

import pikepdf
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Model

from accounts.models import Person, User
from kernel.actions import writing
from kernel.clock import now
from kernel.files import store_bytes
from kernel.ids import new_public_id
from proposals.actions.approval import approval_digest
from proposals.actions.content import content_of
from proposals.enums import ApprovalState, ProposalState
from proposals.models import InstitutionApproval, Proposal

FILES = 20  # different attachments, so that their reading is not that of one file alone
FILE_BYTES = 1_000_000
CHUNK = 500
UNUSABLE = make_password(None)  # nobody signs in with a password here


@dataclasses.dataclass(frozen=True)
class Applicant:
    """Somebody who is signed in: the draft that is theirs, and the cookie of their session."""

    proposal_id: int
    public_id: str
    session: str


def gather(size: int) -> list[Applicant]:
    """So many applicants, each with a complete draft with a file of 1 MB that their institution has approved."""
    model = (
        Proposal.objects.filter(state=ProposalState.SUBMITTED, call__state="open")
        .select_related("pi__user", "call__programme", "institution")
        .order_by("pk")
        .first()
    )
    assert model is not None, "the demo has submitted proposals"
    files = [store_bytes(name=f"attachment-{n + 1}.pdf", content=_document(n)) for n in range(FILES)]
    gathered: list[Applicant] = []
    with writing():
        for start in range(0, size, CHUNK):
            gathered += _some(model, files, range(start, min(start + CHUNK, size)))
    return gathered


def _some(model: Proposal, files: Sequence[Any], numbers: range) -> list[Applicant]:
    users = User.objects.bulk_create(
        User(email=f"applicant{n}@bench.example", password=UNUSABLE, language="ja") for n in numbers
    )
    leaders = Person.objects.bulk_create(
        Person(family_romaji="Bench", given_romaji=f"Applicant {n}", user=user)
        for n, user in zip(numbers, users, strict=True)
    )
    partners = Person.objects.bulk_create(
        Person(family_romaji="Bench", given_romaji=f"Partner {n}") for n in numbers
    )
    drafts = Proposal.objects.bulk_create(
        _copy(
            model,
            pi=leader,
            state=ProposalState.DRAFT,
            receipt_number=None,
            notice=None,
            attachment=files[n % FILES],
        )
        for n, leader in zip(numbers, leaders, strict=True)
    )
    for parts in (model.sections, model.awards, model.exchange, model.budget):
        rows = list(parts.all())
        parts.model.objects.bulk_create(_copy(row, proposal=draft) for draft in drafts for row in rows)
    members = list(model.team.all())
    for draft, leader, partner in zip(drafts, leaders, partners, strict=True):
        people = {"pi": leader, "partner_pi": partner}
        model.team.model.objects.bulk_create(
            _copy(member, proposal=draft, person=people[member.role])
            for member in members
            if member.role in people
        )
    _approve(model, drafts)
    sessions = [_session(user) for user in users]
    Session.objects.bulk_create(sessions)
    return [
        Applicant(draft.pk, draft.public_id, str(session.session_key))
        for draft, session in zip(drafts, sessions, strict=True)
    ]


def _copy(row: Model, **changes: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values.pop("id")
    if "public_id" in values:
        values["public_id"] = new_public_id()
    for name in changes:
        values.pop(f"{name}_id", None)
    return type(row)(**{**values, **changes})


def _approve(model: Proposal, drafts: Sequence[Proposal]) -> None:
    approved = model.approvals.filter(state=ApprovalState.APPROVED).order_by("-pk").first()
    assert approved is not None, "the demo's submitted proposals were approved"
    approvals = []
    for draft in Proposal.objects.filter(pk__in=[draft.pk for draft in drafts]).select_related(
        "call__programme"
    ):
        content = content_of(draft)
        approvals.append(_copy(approved, proposal=draft, content=content, sha256=approval_digest(content)))
    InstitutionApproval.objects.bulk_create(approvals)


def _session(user: User) -> Session:
    store = SessionStore()
    data = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    until = now() + dt.timedelta(days=1)
    return Session(session_key=secrets.token_hex(16), session_data=store.encode(data), expire_date=until)


def _document(number: int) -> bytes:
    """A PDF of one page and 1 MB, the same for the same number."""
    noise = b"".join(hashlib.sha256(b"%d %d" % (number, n)).digest() for n in range(FILE_BYTES // 32))
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    document.pages[0].Contents = document.make_stream(b"% " + noise.hex().encode()[:FILE_BYTES] + b"\n", {})
    out = io.BytesIO()
    document.save(out, compress_streams=False)
    return out.getvalue()
