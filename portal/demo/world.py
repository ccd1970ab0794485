"""The demo as a whole: everything above the registries happens by calling the actions, each at its own time."""

from django.db import transaction

from accounts.models import User
from kernel import clock
from kernel.actions import writing
from portal.demo.applying import keep_the_queue, write_and_submit
from portal.demo.calls import make_calls
from portal.demo.collected import bring_in
from portal.demo.compliance import ask_about_one, settle_one
from portal.demo.deciding import decide_first_call, review_second_call
from portal.demo.designations import make_designations
from portal.demo.evidence import ask_for_evidence
from portal.demo.notices import admit_one, give_notices
from portal.demo.outcomes import run_projects
from portal.demo.papers import import_papers
from portal.demo.people import make_cast
from portal.demo.programme import jst, make_programme
from portal.demo.registries import fill_registries
from portal.demo.teamwork import decline_one, work_together
from program.models import Programme
from reporting.actions.reports import request_report


def load() -> bool:
    """Make the demo's world, whole or not at all; returns False, and changes nothing, where it is there already."""
    if Programme.objects.filter(code="aspire").exists():
        return False
    fill_registries()
    import_papers()
    with writing(), transaction.atomic():
        with clock.set_to(jst(2023, 4, 3)):
            cast = make_cast()
            stage = make_programme(cast)
            make_designations(cast, stage)
        calls = make_calls(cast, stage)
        decide_first_call(cast, calls["decided"])
        review_second_call(cast, calls["review"])
        give_notices(cast, calls["open"])
        write_and_submit(
            cast,
            calls["open"],
            count=16,
            partner_agency="NSF",
            first=jst(2026, 10, 26),
            drafts=(0, 5, 9, 11, 13),
            asked=(4,),
            returned=(8,),
        )
        with clock.set_to(jst(2026, 11, 2)):
            keep_the_queue(cast, calls["open"])
        work_together(cast, calls["open"], calls["review"])
        decline_one(calls["decided"])
        run_projects(cast, stage)
        with clock.set_to(jst(2026, 11, 4)):
            ask_for_evidence(cast, stage)
        settle_one(cast)
        ask_about_one(cast)
        admit_one(cast, calls["required"])
        bring_in(cast, calls["review"])
        request_report(
            programme=stage.programme, fiscal_year=2025, by=cast.users["home1"], key="demo-report-2025"
        )
    return True


def is_loaded() -> bool:
    """Whether the demo's programme and people are there."""
    return (
        Programme.objects.filter(code="aspire").exists()
        and User.objects.filter(email="pi@univ.example").exists()
    )
