"""The whole life of a call, by each person in a browser, in both languages: from the designation to the report's figures."""

import datetime as dt
import itertools
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from accounts.enums import Role
from kernel.documents.workbooks import read_xlsx
from program.models import Call, Designation
from projects.models import Project
from proposals.actions.submission import lock_overdue_calls
from proposals.models import Proposal
from registries.models import Publication
from reporting.models import OutcomeReport
from tests.browser.actor import Stagehand
from tests.builders.people import give_role, make_institution, make_user, verify_email
from tests.builders.program import make_stage
from tests.builders.proposals import make_pi

PUBMED = Path(settings.BASE_DIR) / "registries/data/publications/pubmed.xml"
BUDGET = {
    "goods": 21_500_000,
    "travel": 9_000_000,
    "personnel": 28_000_000,
    "other": 1_500_000,
    "indirect": 18_000_000,
}
YEARS = range(2027, 2032)


class Play:
    """One call from its beginning to its end, scene by scene."""

    def __init__(self, walk: Any, language: str) -> None:
        self.stage = stage = make_stage()
        for person in (
            stage.ministry1, stage.ministry2, stage.home1, stage.home2, stage.partner1, stage.partner2
        ):  # fmt: skip
            verify_email(person)
        give_role(stage.home2, stage.home, Role.PROGRAMME_OFFICER)
        self.institution = make_institution("UNIV")
        self.pi = verify_email(make_pi(self.institution))
        self.hand = Stagehand(walk, language)
        self.reviewers = [verify_email(make_user()) for _ in range(2)]
        self.call: Call
        self.proposal: Proposal

    def designate(self) -> Designation:
        """A ministry officer prepares a dossier; another decides."""
        hand, stage = self.hand, self.stage
        hand.enter(stage.ministry1)
        hand.fill_in(
            "program:designation_prepare", field=stage.field.pk, country="GB", summary_en="Gains and losses"
        )
        designation = Designation.objects.exclude(pk=stage.designation.pk).get()
        for kind, score, weight in (("benefit", "2", 3), ("loss", "-1", 1)):
            hand.fill_in(
                "program:evidence_add",
                designation.public_id,
                kind=kind,
                measure_ja="論文数 Papers",
                value="1,840",
                unit_ja="件",
                year="2021",
                source_ja="Example survey",
                score=score,
                reason_ja="Because",
                weight=weight,
            )
        hand.fill_in("program:policy_add", designation.public_id, title_ja="第6期基本計画")
        hand.fill_in(
            "program:consultation_add",
            designation.public_id,
            held_on="2026-05-20",
            offices_ja="内閣府",
            points_ja="分野と相手国",
        )
        hand.go("program:designation", designation.public_id)
        assert "1.25" in hand.text()  # (3 × 2 + 1 × −1) / 4
        hand.press("/propose/")
        hand.enter(stage.ministry2)
        hand.fill_in("program:designation_review", designation.public_id, comment="Sources checked")
        hand.enter(stage.ministry1)
        hand.fill_in("program:designation_sign", designation.public_id, valid_from="2026-06-01")
        hand.enter(stage.ministry2)
        hand.go("program:designation", designation.public_id)
        hand.press("/decide/")
        designation.refresh_from_db()
        assert designation.state == "decided"
        return designation

    def open_call(self, designation: Designation) -> None:
        """The home agency's officer prepares a call of both agencies, and opens it."""
        hand, stage = self.hand, self.stage
        hand.enter(stage.home1)
        hand.go("program:call_prepare")
        hand.fill(
            programme=stage.programme.pk,
            lead_agency=stage.home.pk,
            code="2027q-us",
            title_ja="2027年度 量子 日米共同公募",
            title_en="Quantum, Japan and the United States, 2027",
            opens_at="2026-11-20T10:00",
            deadline_at="2026-12-18T17:00",
            first_year="2027",
            min_years="3",
            max_years="5",
            # the institution's part has its own test (test_approving.py)
            needs_approval=False,
        )
        hand.send()
        self.call = call = Call.objects.get(code="2027q-us")
        hand.fill_in("program:call_designations", call.public_id, designation=designation.pk)
        for agency in (stage.home, stage.partner):
            if not call.call_agencies.filter(agency=agency).exists():
                hand.fill_in(
                    "program:call_agencies", call.public_id, agency=agency.pk, starts_on="2026-11-01"
                )
        self.settle(call)
        hand.enter(stage.home1)
        hand.go("program:call_preparation", call.public_id)
        hand.press("/open/")
        call.refresh_from_db()
        assert call.state == "open", hand.text()

    def settle(self, call: Call) -> None:
        """The officer tries the form, and each agency agrees to the call."""
        hand, stage = self.hand, self.stage
        hand.go("proposals:trial", call.public_id)
        hand.send("main form[method=post] button[type=submit]")
        trial = Proposal.objects.get(call=call)
        for section in trial.form_version.sections.all():
            hand.fill_in("proposals:section", trial.public_id, section.key, text="試験", is_complete=True)
        hand.go("proposals:tasks", trial.public_id)
        hand.press("/trial/")
        for officer, agency in ((stage.home1, stage.home), (stage.partner1, stage.partner)):
            hand.enter(officer)
            hand.go("program:call_agreement", call.call_agencies.get(agency=agency).public_id)
            hand.send("main form[method=post] button[type=submit]")

    def apply(self) -> None:
        """The applicant writes every part and submits."""
        hand, call = self.hand, self.call
        hand.enter(self.pi)
        hand.fill_in("proposals:start", call.public_id)
        self.proposal = proposal = Proposal.objects.get(call=call, is_test=False)
        here = proposal.public_id
        hand.fill_in(
            "proposals:core",
            here,
            title_ja="量子誤り訂正 𠮷髙﨑",
            title_en="Quantum error correction",
            years="5",
        )
        for section in proposal.form_version.sections.all():
            hand.fill_in("proposals:section", here, section.key, text="本研究は…\n" * 3, is_complete=True)
        hand.fill_in(
            "proposals:team_add",
            here,
            given_romaji="Morgan",
            family_romaji="Sample",
            role="partner_pi",
            institution_name="Example State University",
            country_code="US",
            effort_percent="20",
        )
        hand.fill_in(
            "proposals:award_add",
            here,
            number="2412345",
            title="Made up",
            pi_name="Morgan Sample",
            pi_role="pi",
            amount="2,500,000",
            currency="USD",
            starts_on="2026-09-01",
            ends_on="2032-08-31",
        )
        for direction, country in (("dispatch", "US"), ("acceptance", "JP")):
            hand.fill_in(
                "proposals:exchange_add",
                here,
                direction=direction,
                career_stage="doctoral",
                host="Example host",
                country_code=country,
                starts_on="2027-09-01",
                ends_on="2028-08-31",
            )
        cells = {f"{category}_{year}": f"{amount:,}" for category, amount in BUDGET.items() for year in YEARS}
        hand.fill_in("proposals:budget", here, **cells)
        hand.go("proposals:check", here)
        hand.fill_in("proposals:submit", here)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.receipt_number) == ("submitted", "2027q-us-0001")
        assert "2027q-us-0001" in hand.text()

    def judge(self) -> None:
        """After the deadline each agency finds it eligible, and the partner confirms its award."""
        lock_overdue_calls()
        hand, proposal, stage = self.hand, self.proposal, self.stage
        here = proposal.public_id
        hand.enter(stage.home1)
        hand.go("proposals:office")
        assert "2027q-us-0001" in hand.text()
        hand.fill_in("proposals:eligibility", here, stage.home.public_id, verdict="yes")
        hand.enter(stage.partner1)
        hand.fill_in("proposals:award_verdict", here, proposal.awards.get().public_id, verdict="yes")
        hand.fill_in("proposals:eligibility", here, stage.partner.public_id, verdict="yes")
        proposal.refresh_from_db()
        assert proposal.state == "eligible"

    def review(self) -> None:
        """Each agency brings a reviewer, who declares, scores and submits; both agencies lock."""
        hand, call, stage = self.hand, self.call, self.stage
        hand.enter(stage.home1)
        hand.go("program:call", call.public_id)
        hand.press("/begin-review/")
        for officer, person, agency, step in (
            (stage.home1, self.reviewers[0], stage.home, "5"),
            (stage.partner1, self.reviewers[1], stage.partner, "4"),
        ):
            hand.enter(officer)
            hand.go("review:pool_add", call.public_id)
            if hand.page.locator("main [name=agency]").count():
                hand.fill(agency=agency.pk)
            hand.fill(email=person.email, institution_name="Example Institute", country="US")
            hand.send()
            reviewer = call.reviewers.get(person=person.person)
            hand.fill_in(
                "review:assign", self.proposal.public_id, reviewer=reviewer.public_id, due_on="2027-02-01"
            )
            assignment = reviewer.assignments.get()
            hand.enter(person)
            hand.fill_in("review:confidentiality", assignment.public_id, agreed=True)
            hand.fill_in("review:conflict", assignment.public_id, kind="none")
            hand.go("review:form", assignment.public_id)
            criteria = list(self.proposal.form_version.criteria.all())
            hand.fill(**{f"score_{criterion.pk}": step for criterion in criteria[:-1]})
            hand.fill(
                **{f"score_{criteria[-1].pk}": "na"},
                confidence="high",
                comment_to_agency="面接で確認 Interview",
            )
            hand.send("main button[name=then][value=submit]")
            hand.send("main form[method=post] button[type=submit]")
            assignment.refresh_from_db()
            assert assignment.state == "submitted"
            hand.enter(officer)
            hand.fill_in("review:lock", call.public_id, agency.public_id, is_confirmed=True)

    def decide(self) -> Project:
        """The home agency proposes to adopt; the approvers of both agencies say yes, each for their own."""
        hand, call, stage = self.hand, self.call, self.stage
        here = self.proposal.public_id
        hand.enter(stage.home1)
        hand.go("review:board", call.public_id)
        assert "5.00" in hand.text()
        assert "4.00" in hand.text()
        for officer, agency in ((stage.partner1, stage.partner), (stage.home1, stage.home)):
            hand.enter(officer)
            hand.go("review:list_record", call.public_id, agency.public_id)
            hand.fill(**{f"recommended_{here}": "yes"})
            hand.send("main form:has([name^=recommended_]) button[type=submit]")
        hand.fill_in(
            "review:decision_propose", call.public_id, **{f"rank_{here}": "1", f"outcome_{here}": "adopt"}
        )
        decision = call.decisions.get()
        for approver, agency in ((stage.home2, stage.home), (stage.partner2, stage.partner)):
            assert not Project.objects.exists()
            hand.enter(approver)
            hand.fill_in("review:answer", decision.public_id, agency.public_id, vote="yes", is_confirmed=True)
        project = Project.objects.get(proposal=self.proposal)
        decision.refresh_from_db()
        assert decision.state == "adopted"
        hand.enter(stage.home1)
        hand.fill_in("review:publish", decision.public_id)
        decision.refresh_from_db()
        assert decision.is_published
        return project

    def pay(self, project: Project) -> None:
        """The home agency's officer lets the project begin and records two payments."""
        hand = self.hand
        hand.enter(self.stage.home1)
        hand.go("projects:project", project.public_id)
        hand.press("/activate/")
        for category, amount in (("goods", "１，２３４，５６７"), ("indirect", "370,370")):
            hand.go("projects:payment", project.public_id)
            hand.fill(
                fiscal_year=2027, category=category, amount=amount, on="2028-04-20", reason="概算払 Advance"
            )
            hand.send("main form:has([name=amount]) button[type=submit]:not([name=preview])")
        assert project.spend_accounts.get(fiscal_year=2027).paid == 1_604_937

    def record_outcomes(self, project: Project) -> None:
        """Papers come from a file of PubMed, which a worker reads and takes in; one is linked; a stay over the turn of the year is recorded."""
        hand = self.hand
        hand.go("registries:import")
        hand.fill(kind="publications", file=str(recent_papers()))
        hand.send()
        with worker():
            hand.page.wait_for_selector("main [data-progress] a", timeout=90_000)
            hand.page.reload()
            hand.send("main form[method=post] button[type=submit]")
            wait_for(Publication.objects.exists)
        paper = next(
            paper
            for paper in Publication.objects.filter(
                doi__isnull=False, is_retracted=False, kind="article", published_on__gte="2027-04-01"
            ).order_by("pk")
            if "JP" in paper.country_codes and len(paper.country_codes) > 1
        )
        hand.go("reporting:paper_link", project.public_id)
        hand.fill(q=paper.doi)
        hand.send("main form[method=get] button[type=submit]")
        hand.send("main form[method=post] button[type=submit]")
        hand.fill_in(
            "reporting:stay_add",
            project.public_id,
            given_romaji="Wayan",
            direction="dispatch",
            career_stage="doctoral",
            home="見本大学",
            host="Example State University",
            country_code="US",
            starts_on="2028-02-01",
            ends_on="2028-04-30",
        )
        assert project.publication_links.get().publication == paper
        assert project.stays.get().person.name_in("ja") == "Wayan"

    def report(self) -> OutcomeReport:
        """The officer asks for the report, a worker makes it, and the page says when it is there."""
        hand = self.hand
        hand.enter(self.stage.home1)
        hand.fill_in("reporting:report_request", programme=self.stage.programme.public_id, fiscal_year=2027)
        with worker():
            hand.page.wait_for_selector("main [data-progress] a", timeout=90_000)
        return OutcomeReport.objects.get()

    def check_figures(self, report: OutcomeReport) -> None:
        """The numbers in the downloaded PDF and XLSX are the sums of the raw entries, which SQL adds up apart."""
        hand = self.hand
        # A report of FY2027 holds what belongs to the years until then.
        until = "FROM projects_ledgerentry WHERE fiscal_year <= 2027 AND kind"
        allocated = sql(f"SELECT sum(amount) {until} IN ('allocation', 'change')")
        paid = sql(f"SELECT sum(amount) {until} = 'payment'")
        assert (allocated, paid) == (78_000_000, 1_604_937)
        hand.go("reporting:report", report.public_id)
        links = hand.page.locator("main a[href*='/outcomes/documents/']")
        addresses = [links.nth(place).get_attribute("href") for place in range(links.count())]
        assert len(addresses) == 4
        for address in addresses:
            answer = hand.walker.context.request.get(f"{hand.walker.address}{address}")
            assert answer.status == 200
            if answer.headers["content-type"] == "application/pdf":
                words = text_of_pdf(answer.body())
                for amount in (paid, allocated):
                    assert f"{amount:,}" in words
            else:
                sheets = {sheet.name: sheet for sheet in read_xlsx(answer.body())}
                numbers = [value for sheet in sheets.values() for row in sheet.rows for value in row]
                assert {1_234_567, 370_370} <= set(numbers)
                assert any(column_sum(sheet, allocated) for sheet in sheets.values())
                assert any(column_sum(sheet, paid) for sheet in sheets.values())


def wait_for(happened: Callable[[], bool]) -> None:
    for _turn in range(180):
        if happened():
            return
        time.sleep(0.5)
    raise AssertionError("it did not happen within 90 seconds")


def recent_papers() -> Path:
    """The real records with the years of publication of a paper that can have come of a project of FY2027."""
    text = re.sub(r"<Year>20(?:19|20|21)</Year>", "<Year>2027</Year>", PUBMED.read_text())
    path = Path(settings.DATA_DIR) / "recent_papers.xml"
    path.write_text(text)
    return path


def sql(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def column_sum(sheet: Any, wanted: int) -> bool:
    """Whether the whole numbers in one of the sheet's columns, its last row of totals left out, add up to `wanted`."""
    columns = itertools.zip_longest(*sheet.rows[:-1])
    return any(sum(v for v in column if type(v) is int) == wanted for column in columns)


def text_of_pdf(content: bytes) -> str:
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


@contextmanager
def worker() -> Iterator[None]:
    """A real Celery worker on the test's database and queue."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DATA_DIR": str(settings.DATA_DIR),
        "REDIS_URL": "",
    }
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "config", "worker", "--pool", "solo"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_whole_path(walk: Any, transactional_db: Any, language: str) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC)) as traveller:
        play = Play(walk, language)
        play.open_call(play.designate())
        play.apply()
        traveller.move_to(dt.datetime(2026, 12, 18, 8, 1, tzinfo=dt.UTC))
        play.judge()
        play.review()
        project = play.decide()
        traveller.move_to(dt.datetime(2028, 5, 10, 3, tzinfo=dt.UTC))
        play.pay(project)
        play.record_outcomes(project)
        play.check_figures(play.report())
