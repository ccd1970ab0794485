"""What came of the demo's projects: money paid, people exchanged, papers written, a report asked for."""

import datetime as dt

from accounts.actions.people import register_person
from accounts.models import User
from kernel import clock
from portal.demo.papers import PREFIX
from portal.demo.people import Cast
from portal.demo.programme import Stage, jst
from projects.actions import exceptions, ledger
from projects.models import Project
from registries.models import Publication
from reporting.actions import links, stays

PAYMENTS = (("goods", 8_000_000), ("travel", 3_200_000), ("personnel", 14_000_000), ("indirect", 7_500_000))


def run_projects(cast: Cast, stage: Stage) -> None:
    """Two and a half fiscal years of the projects adopted in 2024."""
    officer = cast.users["home1"]
    projects = list(Project.objects.filter(programme=stage.programme).order_by("number"))
    papers = list(Publication.objects.filter(doi__startswith=PREFIX).order_by("doi"))
    for number, project in enumerate(projects):
        with clock.set_to(jst(2024, 10, 1)):
            ledger.activate_project(project=project, by=officer)
        for year in (2024, 2025):
            with clock.set_to(jst(year + 1, 3, 10)):
                for category, amount in PAYMENTS:
                    ledger.record_payment(
                        project=project,
                        by=officer,
                        fiscal_year=year,
                        category=category,
                        amount=amount + number * 100_000,
                        on=dt.date(year + 1, 3, 10),
                        reason=f"{year}年度実績払い",
                    )
        if not number:
            _exception(cast, project)
        with clock.set_to(jst(2026, 5, 11)):
            _exchange(project, officer, number)
        with clock.set_to(jst(2026, 6, 1)):
            for paper in papers[number::5]:
                links.link_publication(project=project, publication=paper, by=officer)


def _exception(cast: Cast, project: Project) -> None:
    """Leave to go above the cap of FY2027, asked for by one and approved by another."""
    with clock.set_to(jst(2026, 4, 20)):
        asked = exceptions.ask_cap_exception(
            project=project,
            by=cast.users["home1"],
            account=project.cap_accounts.filter(fiscal_year=2027).order_by("pk")[0],
            amount=5_000_000,
            reason="相手国側の装置更新に合わせた共同実験の集中実施",
        )
    with clock.set_to(jst(2026, 4, 24)):
        exceptions.answer_cap_exception(exception=asked, by=cast.users["home2"], is_approved=True)


def _exchange(project: Project, officer: User, number: int) -> None:
    plans = (
        (
            "dispatch",
            "doctoral",
            "US",
            "Example State University",
            dt.date(2024, 11, 1),
            dt.date(2025, 10, 31),
            "PhD",
        ),
        ("dispatch", "postdoc", "US", "Example Institute", dt.date(2025, 3, 1), dt.date(2025, 4, 30), ""),
        ("acceptance", "postdoc", "JP", "受入研究室", dt.date(2025, 6, 1), dt.date(2025, 6, 30), ""),
        ("acceptance", "doctoral", "JP", "受入研究室", dt.date(2025, 7, 1), dt.date(2025, 7, 31), ""),
    )
    for place, (direction, stage, country, host, starts, ends, degree) in enumerate(plans):
        person = register_person(by=officer, given_romaji=f"Traveller {number + 1}-{place + 1}")
        stays.record_stay(
            project=project,
            by=officer,
            person=person,
            direction=direction,
            career_stage=stage,
            home="所属研究室" if direction == "dispatch" else "Example State University",
            host=host,
            country_code=country,
            starts_on=starts,
            ends_on=ends,
            degree_sought=degree,
        )
