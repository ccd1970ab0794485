"""Statements on compliance, made by the applicants."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.posts import post_in_words
from kernel.choices import label
from kernel.idempotency import idempotent
from kernel.languages import current, localized
from kernel.methods import reads, reads_and_writes
from kernel.templatetags.kernel import day
from kernel.violations import sentence
from program.enums import StatementKind
from program.rules.statements import required_kinds
from proposals.actions.content import read_whole
from proposals.actions.statement_content import statement_gaps
from proposals.actions.statements import SAID, change_statement, make_statement, remove_statement
from proposals.forms.statements import HINTS, StatementForm
from proposals.models import Proposal, Statement
from proposals.permissions import WRITERS
from proposals.rules.statements import PER_PERSON
from proposals.statement_words import said_words
from proposals.views.lists import Row, change_page, form_page, list_page, removal_page, written_row
from proposals.views.own import written_proposal
from registries.queries import institution_names


def _statement(request: HttpRequest, public_id: str, statement_id: str) -> Statement:
    return written_row(
        request, Statement.objects.select_related("person", "stated_by"), public_id, statement_id
    )


def _members(proposal: Proposal) -> Any:
    return proposal.team.filter(role__in=WRITERS).select_related("person").order_by("pk")


def _row(proposal: Proposal, one: Statement, names: dict[str, str]) -> Row:
    keys = [proposal.public_id, one.public_id]
    return Row(
        [
            label(StatementKind(one.kind)),
            one.person.name if one.person else _("whole proposal"),
            said_words(
                one.text,
                one.course,
                one.done_on,
                one.valid_until,
                [post_in_words(post, current(), names) for post in one.posts],
            ),
            f"{day(one.stated_on)} {one.stated_by.name}",
        ],
        change_url=reverse("proposals:statement_change", args=keys),
        remove_url=reverse("proposals:statement_remove", args=keys),
    )


@reads
def statements(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was stated, what the call wants, and the way to each statement."""
    proposal = written_proposal(request, public_id)
    read_whole(proposal)
    made = sorted(
        proposal.statements.all(),
        key=lambda one: (list(StatementKind).index(StatementKind(one.kind)), one.pk),
    )
    lead = proposal.institution
    names = {lead.ror_id: localized(lead, "name")} if lead.ror_id else {}
    names |= institution_names(post["institution_ror_id"] for one in made for post in one.posts)
    required = required_kinds(proposal.call.required_statements)
    said = {one.kind for one in made}
    kinds = [
        {
            "label": label(kind),
            "hint": HINTS[kind]
            if kind != StatementKind.ETHICS_TRAINING
            else _("The course, its day, and until when it holds; of each member of the team in Japan."),
            "words": _("needed before submission") if kind in required else _("asked for"),
            "tone": "warning" if kind in required else "neutral",
            # One of the whole proposal is made once and then changed.
            "url": ""
            if kind in said and kind not in PER_PERSON
            else reverse("proposals:statement_add", args=[public_id, kind.value]),
        }
        for kind in StatementKind
    ]
    return list_page(
        request,
        proposal,
        heading=_("Statements on compliance"),
        lead=_(
            "Each statement bears its day and who made it. They belong to Japan’s annex: a change voids the institution’s approval, and no signature."
        ),
        columns=[_("Statement on"), _("Of whom"), _("What is stated"), _("Stated on, by")],
        rows=[_row(proposal, one, names) for one in made],
        empty=_("No statement has been made yet."),
        add_url="",  # beside each kind
        add_label="",
        template="proposals/statements.html",
        extra={
            "kinds": kinds,
            "lacks": [
                sentence(violation)
                for required_ in (True, False)
                for violation in statement_gaps(proposal, required=required_)
            ],
        },
    )


@reads_and_writes
@idempotent
def statement_add(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    if kind not in list(StatementKind):
        raise Http404
    chosen = StatementKind(kind)
    return form_page(
        request,
        proposal,
        StatementForm(request.POST or None, kind=chosen, members=_members(proposal)),
        heading=_("Make a statement: %(kind)s") % {"kind": label(chosen)},
        act=lambda values: make_statement(proposal=proposal, by=request.user, kind=chosen, **values),
        back="proposals:statements",
        saved=_("The statement was made."),
    )


@reads_and_writes
def statement_change(request: HttpRequest, public_id: str, statement_id: str) -> HttpResponse:
    statement = _statement(request, public_id, statement_id)
    members, kind = _members(statement.proposal), StatementKind(statement.kind)

    def make(*data: Any) -> StatementForm:
        initial = {name: getattr(statement, name) for name in SAID}
        initial["member"] = next((m.public_id for m in members if m.person_id == statement.person_id), None)
        return StatementForm(data[0], kind=kind, members=members, initial=initial)

    return change_page(
        request,
        statement,
        make,
        heading=_("Change a statement: %(kind)s") % {"kind": label(kind)},
        act=lambda values: change_statement(statement=statement, by=request.user, **values),
        back="proposals:statements",
        saved=_("The statement was changed."),
    )


@reads_and_writes
@idempotent
def statement_remove(request: HttpRequest, public_id: str, statement_id: str) -> HttpResponse:
    statement = _statement(request, public_id, statement_id)
    return removal_page(
        request,
        statement,
        heading=_("Take a statement back"),
        question=_("Take this statement back: %(kind)s, %(person)s?")
        % {
            "kind": label(StatementKind(statement.kind)),
            "person": statement.person.name if statement.person else _("whole proposal"),
        },
        act=lambda seen: remove_statement(statement=statement, by=request.user, seen=seen),
        back="proposals:statements",
    )
