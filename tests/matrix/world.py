"""A small world in which every route has its object and every role its person."""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actions.organisations import merge_institutions
from accounts.enums import Role
from accounts.models import User
from accounts.rules.links import token_hash
from kernel.actions import writing
from kernel.clock import now, today
from kernel.files import store_upload
from kernel.files.store import store_bytes
from kernel.jobs.models import Job
from kernel.outbox import MailKind, queue_mail
from kernel.outbox.optout import link_of
from program.actions.versions import keep_version
from program.models import (
    CallAgreement,
    CallDocument,
    Consultation,
    ConsultationFile,
    ConsultationPoint,
    CountryGroup,
    Designation,
    EvidenceItem,
    Indicator,
    Milestone,
    PolicyDocument,
    ProgrammeEvaluation,
    SourcedFact,
    SupportType,
)
from projects.models import AwardCondition, CapException
from proposals.actions.content import content_of
from proposals.actions.corrections import return_for_correction
from proposals.actions.mailing import LIMITS, write_mails
from proposals.actions.saved_filters import save_filter
from proposals.enums import MailTo
from proposals.models import (
    AwardQuestion,
    EligibilityVerdict,
    Invitation,
    NoticeExclusion,
    OtherGrant,
    OverlapFlag,
    Proposal,
    ProposalAccess,
    ProposedChange,
    SectionRevision,
    TeamMember,
    UnwantedReviewer,
)
from proposals.views.invitations import SESSION
from registries.queries import PAPER_JOB
from review.actions.pools import IMPORT_JOB as POOL_JOB
from review.actions.scenarios import make_scenario
from review.confidentiality import VERSION
from review.models import (
    Appeal,
    Assignment,
    ConfidentialityAgreement,
    ConflictDeclaration,
    PoolImport,
    Reviewer,
    ReviewerInvitation,
)
from review.views.invitations import SESSION as ASKED_TO_REVIEW
from tests.builders.approval import make_approval, make_approving_call, make_signed, sign_all
from tests.builders.evidence import make_evidence_run, make_paper_file
from tests.builders.intake import make_intake_preview, take
from tests.builders.intake import row as collected_row
from tests.builders.notices import answer_notice, make_notice, make_notice_call
from tests.builders.outcomes import make_paper, make_report, make_stay
from tests.builders.panels import make_panel, seat
from tests.builders.people import (
    give_role,
    make_agency,
    make_institution,
    make_member,
    make_membership_request,
    make_person,
    make_post,
    make_user,
)
from tests.builders.program import Stage, add_fields_section, make_call, make_field, make_stage
from tests.builders.projects import make_project
from tests.builders.proposals import (
    make_invitation,
    make_pi,
    make_proposal,
    make_standing,
    make_statement_row,
)
from tests.builders.registries import (
    make_budget_item,
    make_import_run,
    make_preview_job,
    make_publication,
    make_registered_award,
    make_review_project,
    make_ror_institution,
)
from tests.builders.registry_files import extract
from tests.builders.review import (
    answer_on_behalf,
    answer_to_second,
    letter_as_row,
    list_on_behalf,
    lock_on_behalf,
    make_decision,
    make_entry,
    make_offline,
    make_plan,
    make_review,
    make_reviewer,
    make_run,
    make_scored_call,
    name_on_behalf,
)
from tests.matrix.roles import GUEST

EVIDENCE_TABLE = (
    "kind,measure_ja,value,unit_ja,year,source_ja,score,reason_ja\n"
    "loss,Dependence on one supplier,12.5,%,2024,Survey,-1,Costs of change\n"
    "benefit,,x,%,2024,Survey,9,No measure\n"
)


@dataclass
class World:
    """The people by role, and the objects by the names that answers use."""

    stage: Stage
    people: dict[str, User] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)
    _sessions: dict[str, str] = field(default_factory=dict)
    # The chain of middleware, put together once for all browsers, by what it is made of.
    _handlers: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser in which that person has signed in, once for the whole world; in nobody's name for `anonymous`."""
        client = Client(raise_request_exception=False)
        client.handler = self._handlers.setdefault(tuple(settings.MIDDLEWARE), client.handler)
        if role == GUEST:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._guest(client)
        elif role in self.people:
            if role not in self._sessions:
                client.force_login(self.people[role])
                self._sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[role]
        return client

    def _guest(self, client: Client) -> str:
        """The key of a session in which the button behind an invitation's link was pressed."""
        if GUEST not in self._sessions:
            session = client.session
            session[SESSION] = {
                "invitation": self.objects["guest_invitation"].public_id,
                "at": now().timestamp(),
            }
            session[ASKED_TO_REVIEW] = {
                "invitation": self.objects["review_invitation_guest"].public_id,
                "at": now().timestamp(),
            }
            session.save()
            self._sessions[GUEST] = session.session_key
        return self._sessions[GUEST]

    @contextmanager
    def guest_anew(self) -> Iterator[None]:
        """Inside, the guest has pressed the button just now: a session lets in for hours."""
        before = self._sessions.pop(GUEST, None)
        self.client(GUEST)
        try:
            yield
        finally:
            self._sessions.pop(GUEST)
            if before:
                self._sessions[GUEST] = before

    def name(self, role: str) -> str:
        """What somebody of this role is called."""
        person = self.objects["member"].person if role == GUEST else self.people[role].person
        return str(person.name)

    def value(self, name: Any) -> Any:
        """What stands in an address for an object's name: its public id; other values stand for themselves."""
        found = self.objects.get(name, name) if isinstance(name, str) else name
        return getattr(found, "public_id", found)


def blank_pdf() -> bytes:
    """One empty page, as a file that a PDF reader opens."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def make_world() -> World:
    world = World(make_stage())
    _people(world)
    _calls(world)
    _proposals(world)
    _notices(world)
    _letter(world)
    _on_behalf(world)
    _review(world)
    _projects(world)
    _outcomes(world)
    _registries(world)
    _evidence(world)
    with writing():
        # The team has a part in every proposal, and must be able to submit one more.
        TeamMember.objects.exclude(effort_percent=0).update(effort_percent=5)
    _approval(world)
    _elsewhere(world)
    _asked_to_review(world)
    for role in (*world.people, GUEST):
        world.client(role)  # all sign in now: what a test does is undone
    return world


def _people(world: World) -> None:
    stage, people = world.stage, world.people
    institution = make_institution("UNIV")
    people["staff"] = make_user()
    with writing():
        people["staff"].is_staff = True
        people["staff"].save()
    people["ministry"], people["ministry2"] = stage.ministry1, stage.ministry2
    people["home_officer"], people["home_approver"] = stage.home1, stage.home2
    people["home_conflicted"] = make_member(stage.home, Role.PROGRAMME_OFFICER)
    people["other_home"] = make_member(make_agency("OTHER"), Role.PROGRAMME_OFFICER)
    people["partner_officer"], people["partner_approver"] = stage.partner1, stage.partner2
    people["pi"] = make_pi(institution)
    people["co_investigator"] = make_pi(institution)
    people["partner_pi"] = make_user()
    people["other_applicant"] = make_pi(make_institution("OTHERUNIV"))
    people["institution"] = make_member(institution, Role.INSTITUTION_OFFICER)
    for key in ("reviewer", "reviewer_asked", "reviewer_conflicted", "nobody"):
        people[key] = make_user()
    world.objects["membership"] = give_role(
        make_user(), institution, Role.RESEARCHER
    ).person.memberships.get()
    world.objects["institution_org"] = institution
    world.objects["post"] = make_post(people["pi"])
    world.objects["membership_request"] = make_membership_request(people["nobody"], institution)


def _calls(world: World) -> None:
    stage = world.stage
    world.objects |= {
        "programme": stage.programme,
        "field": stage.field,
        "designation": stage.designation,
        "call": make_call(stage),
        "draft_call": make_call(stage, state="draft"),
        "review_call": make_call(stage, state="review"),
    }
    with writing():
        world.objects["draft_designation"] = Designation.objects.create(
            programme=stage.programme, field=stage.field, country_id="JP"
        )
        world.objects["proposed_designation"] = Designation.objects.create(
            programme=stage.programme,
            field=stage.field,
            country_id="JP",
            state="proposed",
            proposed_by=world.people["ministry"],
        )
        reviewed = {
            "programme": stage.programme,
            "field": stage.field,
            "country_id": "JP",
            "proposed_by": world.people["ministry"],
            "reviewed_by": world.people["ministry2"],
        }
        world.objects["reviewed_designation"] = Designation.objects.create(**reviewed, state="reviewed")
        world.objects["signed_designation"] = Designation.objects.create(
            **reviewed,
            state="signed",
            signed_by=world.people["ministry"],
            signed_at=now(),
            valid_from=dt.date(2026, 4, 1),
        )
        world.objects["evidence"] = EvidenceItem.objects.create(
            designation=world.objects["draft_designation"],
            kind="benefit",
            measure_ja="Papers",
            value=1,
            unit_ja="papers",
            year=2021,
            source_ja="Test",
            score=1,
            reason_ja="Test",
        )
        dossier = world.objects["draft_designation"]
        world.objects["evidence_table"] = store_upload(
            upload=SimpleUploadedFile("evidence.csv", EVIDENCE_TABLE.encode()),
            by=world.people["ministry"],
            allowed=(".csv",),
        )
        world.objects["policy"] = PolicyDocument.objects.create(designation=dossier, title_ja="計画")
        world.objects["consultation"] = Consultation.objects.create(
            designation=dossier, held_on=dt.date(2026, 5, 20), offices_ja="内閣府", points_ja="分野"
        )
        world.objects["consultation_point"] = ConsultationPoint.objects.create(
            consultation=world.objects["consultation"], point_ja="範囲"
        )
        world.objects["consultation_file"] = ConsultationFile.objects.create(
            consultation=world.objects["consultation"],
            file=store_bytes(name="paper.pdf", content=blank_pdf()),
            title_ja="配布資料",
        )
        world.objects["dossier_version"] = keep_version(designation=dossier, by=stage.ministry1)
        world.objects["fact"] = SourcedFact.objects.create(
            programme=stage.programme,
            about="years",
            value_ja="値",
            value_en="Value",
            source_ja="出典",
            source_en="Source",
            dated="2022",
        )
        world.objects["evaluation"] = ProgrammeEvaluation.objects.create(
            programme=stage.programme, kind="ex_ante", year=2022
        )
        world.objects["indicator"] = Indicator.objects.create(
            programme=stage.programme,
            kind="output",
            measure="dispatched",
            title_ja="派遣者数",
            title_en="Dispatched",
            unit_ja="人",
            unit_en="people",
        )
        world.objects["entered_indicator"] = entered = Indicator.objects.create(
            programme=stage.programme,
            kind="outcome",
            measure="entered",
            title_ja="論文の被引用上位割合",
            title_en="Share of highly cited papers",
            unit_ja="％",
            unit_en="%",
        )
        world.objects["indicator_value"] = entered.values.create(
            year=2025, value="12.5", source_ja="調査", source_en="Survey"
        )
        world.objects["group"] = CountryGroup.objects.create(
            programme=stage.programme, code="group", title_ja="国群", title_en="Group"
        )
    add_fields_section(world.objects["call"])
    draft = world.objects["draft_call"]
    make_field(draft.form_versions.get().sections.get(key="plan"), "number")
    with writing():
        world.objects["milestone"] = Milestone.objects.create(
            call=draft, kind="panel", starts_on=dt.date(2027, 5, 3)
        )
        world.objects["support_type"] = SupportType.objects.create(
            call=draft, key="top", title_ja="Top", title_en="Top", min_years=3, max_years=5
        )
        world.objects["call_document"] = CallDocument.objects.create(
            call=draft,
            title_ja="公募要領",
            title_en="Guidelines",
            file=store_bytes(name="guidelines.pdf", content=blank_pdf()),
        )
    world.objects["agency"] = stage.partner
    world.objects["envelope"] = stage.programme.envelopes.get(agency=stage.home, fiscal_year=2026)
    world.objects["draft_part"] = draft.call_agencies.get(agency=stage.partner)
    world.objects["draft_cap"] = draft.caps.get()


def _proposals(world: World) -> None:
    """A draft in the open call, and in the call under review a proposal that is judged, one that is not, and one of another team."""
    people, objects = world.people, world.objects
    pi = people["pi"]
    objects["draft"] = make_proposal(objects["call"], pi=pi)
    objects["submitted"] = make_proposal(objects["call"], pi=pi, state="submitted")
    objects["locked"] = make_proposal(objects["review_call"], pi=pi, state="locked")
    objects["proposal"] = make_proposal(objects["review_call"], pi=pi, state="eligible")
    objects["other_proposal"] = make_proposal(
        objects["review_call"], pi=people["other_applicant"], state="eligible"
    )
    objects["evidenced_award"] = objects["proposal"].awards.get()
    with writing():
        award, submission = objects["evidenced_award"], objects["proposal"].submissions.get()
        award.evidence = store_bytes(name="award.pdf", content=blank_pdf())
        award.save()
        submission.content = content_of(objects["proposal"])
        submission.save()
    objects["submission"] = submission
    objects["saved_filter"] = save_filter(by=people["home_officer"], name="Mine", query="state=locked")
    objects["section"] = "facts"
    _answer_fields(objects["draft"])
    objects["beside_file"] = _file_beside(objects["proposal"])
    _trial(world)
    objects["award"] = objects["draft"].awards.get()
    objects["locked_award"] = objects["locked"].awards.get()
    objects["exchange"] = objects["draft"].exchange.first()
    with writing():
        objects["grant"] = OtherGrant.objects.create(
            proposal=objects["draft"],
            person=pi.person,
            status="held",
            funder="科学研究費助成事業",
            title="見本",
            first_year=2026,
            last_year=2027,
            effort_percent=10,
        )
        objects["unwanted"] = UnwantedReviewer.objects.create(
            proposal=objects["draft"], name="Robin Sample", institution_name="Sample College", reason="見本"
        )
    objects["member"] = objects["draft"].team.get(role="partner_pi")
    objects["standing"] = make_standing(objects["draft"])
    with writing():
        objects["award_question"] = AwardQuestion.objects.create(
            proposal=objects["locked"],
            award_key=objects["locked_award"].public_id,
            number=objects["locked_award"].number,
            agency=world.stage.partner,
            by=people["partner_officer"],
            question="Until when is it funded?",
        )
        objects["overlap"] = OverlapFlag.objects.create(
            proposal=objects["locked"],
            other=objects["proposal"],
            person=pi.person,
            kind="person",
            key="person",
            details={"first": 2026, "last": 2030, "here": 5, "there": 5},
        )
    objects["statement"] = make_statement_row(objects["draft"])
    with writing():
        person = objects["member"].person
        person.email = "partner@partner.example"
        person.save()
        objects["guest_invitation"] = Invitation.objects.create(
            proposal=objects["draft"],
            member=objects["member"],
            email=person.email,
            role="partner_pi",
            language="en",
            invited_by=pi,
            expires_at=now() + dt.timedelta(days=14),
            opened_at=now(),
        )
        objects["proposed_change"] = ProposedChange.objects.create(
            proposal=objects["draft"],
            person=person,
            target="title_en",
            revision=1,
            text="Another title",
            comment="見本",
        )
        objects["partnered"] = make_proposal(objects["call"])
        TeamMember.objects.create(
            proposal=objects["partnered"],
            person=people["nobody"].person,
            role="partner_pi",
            joined_at=now(),
            institution_name="Example",
            country_code="US",
        )
    objects["invitation"] = make_invitation(
        make_proposal(objects["call"]), people["nobody"], token_hash=token_hash("token")
    )
    objects["invited_proposal"] = objects["invitation"].proposal
    objects["invitation_token"] = "token"
    with writing():
        objects["draft"].attachment = store_bytes(name="attachment.pdf", content=blank_pdf())
        objects["draft"].save()
        for proposal in (objects["draft"], objects["submitted"], objects["locked"], objects["proposal"]):
            for key, role in (("co_investigator", "co_investigator"), ("partner_pi", "partner_member")):
                TeamMember.objects.create(
                    proposal=proposal,
                    person=people[key].person,
                    role=role,
                    joined_at=now(),
                    institution_name="Example",
                    country_code="JP",
                )
        for agency, by in ((world.stage.home, "home_officer"), (world.stage.partner, "partner_officer")):
            EligibilityVerdict.objects.create(
                proposal=objects["proposal"], agency=agency, verdict="yes", by=people[by]
            )
        for proposal in (objects["proposal"], objects["locked"], objects["submitted"]):
            ProposalAccess.objects.create(
                proposal=proposal, person=people["home_conflicted"].person, kind="excluded", source="conflict"
            )


def _notices(world: World) -> None:
    """A call that still takes notices of intent, with one; and one that judges them: open, accepted, answered on behalf."""
    people, objects, stage = world.people, world.objects, world.stage
    objects["notice_call"] = make_notice_call(stage)
    objects["notice"] = make_notice(objects["notice_call"], pi=people["pi"])
    objects["judged_call"] = call = make_notice_call(stage, is_past=True)
    objects["judged_notice"] = make_notice(call, pi=people["pi"])
    objects["accepted_notice"] = make_notice(call, pi=people["pi"], state="accepted")
    behalf_call = make_notice_call(stage, is_past=True, signs_in=False)
    objects["behalf_notice"] = make_notice(behalf_call, pi=people["pi"])
    (objects["behalf_notice_verdict"],) = answer_notice(
        stage,
        objects["behalf_notice"],
        agencies=[stage.partner],
        by=people["home_officer"],
        on_behalf=True,
        letter=store_bytes(name="letter.pdf", content=b"%PDF-1.7 letter"),
        letter_dated=dt.date(2026, 10, 1),
        recorded_by=people["home_officer"].person,
    )
    with writing():
        for name in ("judged_notice", "accepted_notice", "behalf_notice"):
            NoticeExclusion.objects.create(notice=objects[name], person=people["home_conflicted"].person)


def _letter(world: World) -> None:
    """A letter about the two proposals from which an officer is excluded: one mail is held, of one nobody knows whether it went."""
    objects = world.objects
    objects["mail_run"] = write_mails(
        by=world.people["home_officer"],
        agency=world.stage.home,
        proposals=[objects["locked"], objects["proposal"]],
        recipients=MailTo.PI,
        letter=dict.fromkeys(LIMITS, "About {receipt}"),
    )
    objects["mail"] = objects["mail_run"].mails.get(proposal=objects["proposal"]).mail
    with writing():
        objects["mail"].state = "uncertain"
        objects["mail"].save()
    objects["optional_mail"] = queue_mail(
        "notice", to="someone@lab.example", language="ja", values={"text": "x"}, kind=MailKind.REMINDER
    )
    objects["mail_signature"] = link_of(objects["optional_mail"].public_id, "ja").split("/")[-3]


def _elsewhere(world: World) -> None:
    """A proposal that was collected elsewhere, and another table of that call that was looked at."""
    objects, officer = world.objects, world.people["home_officer"]
    call = objects["intake_call"] = make_call(world.stage, state="closed")
    objects["intake_run"] = take(call, officer, collected_row(call))
    objects["collected"] = objects["intake_run"].rows.get().proposal
    table = f"受付番号,応募番号\n{objects['collected'].receipt_number},26A0001\n"
    objects["erad_file"] = store_upload(
        upload=SimpleUploadedFile("erad.csv", table.encode()), by=officer, allowed=(".csv",)
    )
    objects["intake_job"] = make_intake_preview(call, officer, collected_row(call, number="0013"))


def _trial(world: World) -> None:
    """A test of another call's form, and an agreement recorded on behalf."""
    call = make_call(world.stage, state="draft", signs_in=False)
    officer = world.people["home_officer"]
    with writing():
        world.objects["trial"] = Proposal.objects.create(
            call=call,
            form_version=call.form_versions.get(),
            pi=officer.person,
            institution=world.stage.home,
            is_test=True,
        )
        world.objects["agreement"] = CallAgreement.objects.create(
            part=call.call_agencies.get(agency=world.stage.partner),
            digest="",
            by=officer,
            on_behalf=True,
            letter=store_bytes(name="letter.pdf", content=blank_pdf()),
            letter_dated=dt.date(2026, 10, 1),
            recorded_by=officer.person,
        )


def _approval(world: World) -> None:
    """A draft for which its institution's approval may be asked, and one for which it was."""
    call = make_approving_call(world.stage)
    world.objects["approving_call"] = call
    world.objects["asking"] = make_signed(call, pi=world.people["pi"])
    asked = make_signed(call, pi=world.people["pi"])
    with writing():
        asked.attachment = store_bytes(name="attachment.pdf", content=blank_pdf())
        asked.save()
        TeamMember.objects.filter(proposal__call=call).update(effort_percent=5)
    sign_all(world.objects["asking"])
    world.objects["approval"] = make_approval(asked)
    world.objects["approval_attachment"] = asked.attachment


def _file_beside(proposal: Any) -> Any:
    """What was submitted has a file that is no page of its PDF."""
    submission = proposal.submissions.latest("number")
    with writing():
        file = store_bytes(name="data.csv", content=b"a,b\r\n1,2\r\n")
        answer = {"public_id": file.public_id, "name": file.name, "sha256": file.sha256, "size": file.size}
        field = {"key": "data", "kind": "file", "title_ja": "データ", "title_en": "Data", "options": []}
        submission.content["sections"][0].setdefault("answers", []).append({**field, "answer": answer})
        submission.save()
    return file


def _answer_fields(proposal: Any) -> None:
    """Every kind of answer, a file among them."""
    with writing():
        file = store_bytes(name="letter.pdf", content=blank_pdf())
        written = proposal.sections.get(section__key="facts")
        written.answers = {
            "text": "見本",
            "number": "12.5",
            "yen-table": {"first": {str(proposal.fiscal_years[0]): 1_000}},
            "choice": "first",
            "date": "2027-04-01",
            "file": {
                "public_id": file.public_id,
                "name": file.name,
                "sha256": file.sha256,
                "size": file.size,
            },
            "person": {"name": "見本 花子", "institution": "見本大学"},
            "organisation": {"name": "見本大学", "country_code": "JP"},
        }
        # It was written in two sittings; the first one's state can be taken up again.
        SectionRevision.objects.create(section=written, number=1, by=proposal.pi.user, at=now())
        written.revision = 2
        written.save()


def _on_behalf(world: World) -> None:
    """A proposal on which the partner agency's answers were recorded on its behalf, and not yet confirmed."""
    people, objects, stage = world.people, world.objects, world.stage
    call = make_call(stage, state="closed", signs_in=False)
    proposal = objects["behalf"] = make_proposal(call, pi=people["pi"], state="locked")
    behalf = {
        "on_behalf": True,
        "letter": store_bytes(name="letter.pdf", content=b"%PDF-1.7 letter"),
        "letter_dated": dt.date(2026, 10, 1),
        "recorded_by": people["home_officer"].person,
    }
    with writing():
        objects["behalf_verdict"] = EligibilityVerdict.objects.create(
            proposal=proposal, agency=stage.partner, verdict="yes", by=people["home_officer"], **behalf
        )
        objects["behalf_award"] = award = proposal.awards.get()
        for name, value in ({"verdict": "yes", "verdict_by": people["home_officer"]} | behalf).items():
            setattr(award, name, value)
        award.save()
        objects["unjudged"] = make_proposal(call, pi=people["pi"], state="locked")
        under_correction = make_proposal(call, state="locked")
        for received in (proposal, objects["unjudged"], under_correction):
            ProposalAccess.objects.create(
                proposal=received, person=people["home_conflicted"].person, kind="excluded", source="conflict"
            )

    objects["correction"] = return_for_correction(
        proposal=under_correction,
        agency=stage.home,
        by=people["home_officer"],
        parts=["section:plan"],
        what="訂正",
        until=now() + dt.timedelta(days=7),
    )


def _asked_to_review(world: World) -> None:
    """Somebody without an account who came by a link, and somebody with one; both are asked, and have answered nothing."""
    stage, objects, people = world.stage, world.objects, world.people
    with writing():
        for name, person in (
            ("guest", objects["member"].person),
            ("nobody", people["nobody"].person),
            ("named", make_person(family_romaji="Named", given_romaji="Only", email="named@people.example")),
        ):
            member = Reviewer.objects.create(
                call=objects["review_call"],
                agency=stage.home,
                person=person,
                state="named" if name == "named" else "invited",
            )
            objects[f"asked_{name}"] = member
            if name != "named":
                objects[f"review_invitation_{name}"] = ReviewerInvitation.objects.create(
                    reviewer=member,
                    email=person.email,
                    language="en",
                    invited_by=people["home_officer"],
                    sent_at=now() - dt.timedelta(days=1),
                    expires_at=now() + dt.timedelta(days=14),
                    token_hash=token_hash("review-token") if name == "nobody" else None,
                    opened_at=now() if name == "guest" else None,
                )
        objects["former_reviewer"] = Reviewer.objects.create(
            call=objects["locked_call"],
            agency=stage.home,
            person=make_person(family_romaji="Former", given_romaji="Kim", email="former@people.example"),
            state="accepted",
        )
        table = "email,family_romaji,keywords\nnamed@people.example,Named,optics\n"
        objects["pool_file"] = store_bytes(name="pool.csv", content=table.encode())
        type(objects["pool_file"]).objects.update_or_create(
            pk=objects["pool_file"].pk, defaults={"made_here": False, "uploaded_by": people["home_officer"]}
        )
        objects["pool_table_run"] = PoolImport.objects.create(
            call=objects["review_call"],
            agency=stage.home,
            file=objects["pool_file"],
            by=people["home_officer"],
        )
        objects["pool_job"] = Job.objects.create(
            name=POOL_JOB,
            payload={"call": objects["review_call"].public_id, "name": "pool.csv"},
            requested_by=people["home_officer"],
        )
    objects["review_token"] = "review-token"


def _review(world: World) -> None:
    people, objects, stage = world.people, world.objects, world.stage
    call, proposal = objects["review_call"], objects["proposal"]
    due = dt.date(2027, 3, 31)
    with writing():
        for key, agency, state, kind in (
            ("reviewer", stage.home, "in_progress", "none"),
            ("reviewer_asked", stage.partner, "assigned", ""),
            ("reviewer_conflicted", stage.home, "conflicted", "coauthor"),
        ):
            member = Reviewer.objects.create(
                call=call, agency=agency, person=people[key].person, state="accepted"
            )
            objects[f"pool_{key}"] = member
            ConfidentialityAgreement.objects.create(reviewer=member, version=VERSION)
            objects[f"assignment_{key}"] = Assignment.objects.create(
                proposal=proposal, reviewer=member, state=state, due_on=due
            )
            if kind:
                ConflictDeclaration.objects.create(proposal=proposal, person=people[key].person, kind=kind)
                ProposalAccess.objects.create(
                    proposal=proposal,
                    person=people[key].person,
                    kind="reader" if kind == "none" else "excluded",
                    source="review",
                )
    objects["pool_idle"] = make_reviewer(call, stage.home)
    objects["match_run"] = make_run(
        call,
        people["home_officer"],
        [(proposal, objects["pool_idle"]), (proposal, objects["pool_reviewer_asked"])],
    )
    _discussion(world)
    panel = make_panel(call, stage.home1, [proposal])
    objects["panel"], objects["panel_item"] = panel, panel.items.get()
    objects["panel_member"] = seat(panel, objects["pool_idle"].person, stage.home)
    objects["closed_panel"] = make_panel(call, stage.home1, [proposal], state="closed")
    _decisions(world)


def _discussion(world: World) -> None:
    """A call whose agencies have locked and discuss together: one review of it, and what was said of the proposal."""
    stage, objects = world.stage, world.objects
    _, call, (proposal, _) = make_scored_call(stage)
    days = {"closes_on": today() - dt.timedelta(days=9), "discussion_from": today() - dt.timedelta(days=5)}
    for agency in (stage.home, stage.partner):
        make_plan(stage, call, agency, may_amend=True, **days)
    review = make_review(proposal, stage.home, user=world.people["reviewer"], confidence="high")
    objects |= {"discussed_call": call, "discussed": proposal, "assignment_discussed": review}
    objects["offline_form"] = make_offline(world.people["reviewer"])
    objects["entry_of_discussion"] = make_entry(review, "計画は具体的である。")


def _projects(world: World) -> None:
    """A running project of the team, and one that has been adopted and has not begun."""
    people, objects, stage = world.people, world.objects, world.stage
    call, pi = objects["review_call"], people["pi"]
    objects["home_agency"] = stage.home
    objects["project"] = make_project(stage, call=call, pi=pi)
    objects["offered_project"] = make_project(stage, call=call, pi=pi, is_active=False)
    objects["adopted"] = objects["offered_project"].proposal
    objects["entry"] = objects["project"].ledger.first()
    with writing():
        objects["cap_exception"] = CapException.objects.create(
            account=objects["project"].cap_accounts.first(),
            amount=1_000_000,
            reason="見本",
            asked_by=people["home_officer"],
        )
        objects["condition"] = AwardCondition.objects.create(
            project=objects["project"], text_ja="計画を改訂すること。", text_en="Revise the plan."
        )
        for project in (objects["project"], objects["offered_project"]):
            for key, role in (("co_investigator", "co_investigator"), ("partner_pi", "partner_member")):
                TeamMember.objects.create(
                    proposal=project.proposal,
                    person=people[key].person,
                    role=role,
                    joined_at=now(),
                    institution_name="Example",
                    country_code="JP",
                )
            ProposalAccess.objects.create(
                proposal=project.proposal,
                person=people["home_conflicted"].person,
                kind="excluded",
                source="conflict",
            )


def _outcomes(world: World) -> None:
    """A stay and a paper of the running project, and a report of both projects."""
    objects = world.objects
    objects["stay"] = make_stay(objects["project"])
    objects["linked_paper"] = make_paper(project=objects["project"])
    objects["report"] = make_report(
        world.stage.programme,
        objects["project"],
        objects["offered_project"],
        by=world.people["home_officer"],
    )
    objects["report_job"] = objects["report"].job
    objects["report_document"] = objects["report"].documents.get()


def _registries(world: World) -> None:
    """One record of each registry, and a file that the home agency's officer has sent."""
    objects = world.objects
    objects["ror_institution"] = make_ror_institution()
    objects["publication"] = make_publication()
    objects["registered_award"] = make_registered_award()
    objects["import_run"] = make_import_run(by=world.people["home_officer"])
    upload = store_upload(
        upload=SimpleUploadedFile("syukujitsu.csv", extract("calendar/syukujitsu.csv")),
        by=world.people["home_officer"],
        allowed=(".csv",),
    )
    objects["import_job"] = make_preview_job(upload, "holidays", by=world.people["home_officer"])
    objects["other_institution_org"] = make_institution("TWIN")
    objects["merge"] = merge_institutions(
        kept=objects["other_institution_org"],
        merged=make_institution("GONE"),
        by=world.people["home_officer"],
        reason="One institution",
    )
    objects["review_project"] = make_review_project()
    objects["budget_item"] = make_budget_item()


def _evidence(world: World) -> None:
    """Figures computed from two papers, and a dossier in preparation to which they belong."""
    stage, objects = world.stage, world.objects
    joint = (("Tokyo, Japan", "JP"), ("Boston, USA", "US"))
    make_publication(*joint, title="Quantum dots", year=2024)
    make_publication(*joint, title="Quantum lasers", year=2025, is_retracted=True)
    objects["evidence_run"] = make_evidence_run(stage, by=world.people["ministry"])
    objects["evidence_job"] = objects["evidence_run"].job
    objects["paper_file"] = make_paper_file(by=world.people["ministry"])
    with writing():
        objects["paper_job"] = Job.objects.create(
            name=PAPER_JOB,
            payload={"name": "works.csv"},
            state="failed",
            requested_by=world.people["ministry"],
        )
        Designation.objects.create(programme=stage.programme, field=stage.field, country_id="US")


def _decisions(world: World) -> None:
    """Calls in every stage of the joint decision."""
    objects, stage = world.objects, world.stage
    _, objects["scored_call"], _ = make_scored_call(stage, is_locked=False)
    _, behalf_call, _ = make_scored_call(stage, is_locked=False, signs_in=False)
    objects["behalf_reviewer"] = name_on_behalf(stage, behalf_call)
    objects["behalf_lock"] = lock_on_behalf(stage, behalf_call)
    _, objects["locked_call"], _ = make_scored_call(stage)
    objects["scenario"] = make_scenario(
        call=objects["locked_call"],
        agency=stage.home,
        by=stage.home1,
        title="採択ライン",
        kind="line",
        settings={"count": 1},
    )
    _, _, proposals = make_scored_call(stage)
    objects["decision"] = make_decision(stage, proposals)
    for name in ("silent_decision", "other_silent_decision"):
        _, _, proposals = make_scored_call(stage, signs_in=False)
        objects[name] = make_decision(stage, proposals)
    objects["behalf_answer"] = answer_on_behalf(stage, objects["silent_decision"])
    _, _, proposals = make_scored_call(stage)
    objects["adopted_decision"] = make_decision(stage, proposals, state="adopted")
    objects["decision_letter"] = letter_as_row(objects["adopted_decision"])
    _tell(world)
    _, _, proposals = make_scored_call(stage)
    objects["second_answer"] = answer_to_second(stage, make_decision(stage, proposals))
    _, silent_call, _ = make_scored_call(stage, signs_in=False)
    objects["behalf_list"] = list_on_behalf(stage, silent_call)
    _, _, (objects["ranked_proposal"], _other) = make_scored_call(stage, agreement="negotiation")


def _tell(world: World) -> None:
    """A published decision on a proposal of the team, which has not objected, and on one whose team has."""
    objects, people = world.objects, world.people
    told = make_call(world.stage, state="decided", appeal_days=30)
    proposal = make_proposal(told, state="not_adopted", pi=people["pi"])
    with writing():
        for role in ("co_investigator", "partner_pi"):
            TeamMember.objects.create(
                proposal=proposal, person=people[role].person, role=role, joined_at=now()
            )
    other = make_proposal(told, state="not_adopted")
    decision = make_decision(world.stage, [other, proposal], state="adopted", publish_at=now())
    objects |= {"told_call": told, "told_proposal": proposal}
    with writing():
        objects["open_appeal"] = Appeal.objects.create(
            item=decision.items.get(proposal=other), reasons="A fact was mistaken", by=other.pi.user
        )
