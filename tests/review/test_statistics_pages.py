"""The page on which the scores are read: adjusted, with intervals; never of what its reader may not see."""

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel.actions import writing
from kernel.jobs import run_job
from kernel.jobs.models import Job
from program.models import Call
from proposals.models import Proposal
from review import reading, tasks
from review.actions.assignments import declare_conflict
from review.models import Assignment, Reviewer, Score, ScoreFit
from tests.builders.program import Stage
from tests.builders.review import make_assignment, make_reviewer, make_scored_call
from tests.counting import asks
from tests.review.test_officer_pages import cells, exclude
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db
MERITS = (5, 4, 4, 3, 3, 2)


def scored(count: int = 6, *, is_locked: bool = True) -> tuple[Stage, Call, list[Proposal]]:
    """Six proposals, each scored by three reviewers of either agency, of whom the first ones are a point more severe."""
    stage, call, proposals = make_scored_call(proposals=count, is_locked=is_locked)
    for side, agency in enumerate((stage.home, stage.partner)):
        pool = [make_reviewer(call, agency) for _ in range(4)]
        for index, (proposal, merit) in enumerate(zip(proposals, MERITS, strict=False)):
            for place in range(3):
                severe, luck = (index + place) % 4 == 0, (index * 5 + place * 3 + side) % 3 == 0
                give(proposal, pool[(index + place) % 4], merit - severe - luck)
    return stage, call, proposals


def give(proposal: Proposal, reviewer: Reviewer, value: int) -> Assignment:
    assignment = make_assignment(proposal, reviewer, state="submitted")
    with writing():
        Score.objects.bulk_create(
            Score(assignment=assignment, criterion=criterion, value=max(1, value))
            for criterion in proposal.form_version.criteria.all()
        )
    return assignment


def at(call: Call, name: str = "statistics/", language: str = "ja") -> str:
    return f"/{language}/review/calls/{call.public_id}/{name}"


def table(client: Client, call: Call, query: str = "") -> list[dict[str, str]]:
    response: Any = client.get(at(call, f"statistics.csv{query}", "en"))
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


@LANGUAGES
def test_page_says_adjusted_scores_intervals_and_chances(language: str) -> None:
    stage, call, proposals = scored()
    text = page(signed_in(stage.home1), at(call, "statistics/?line=2", language))
    assert {"ja": "採択ライン", "en": "Chance to be above the line"}[language] in text
    rows = cells(text)[:6]
    assert {row[0] for row in rows} == {one.receipt_number for one in proposals}
    assert {row[2] for row in rows} == {"6"}
    assert rows[0][7] == "1"
    assert re.fullmatch(r"\d – \d", rows[0][8])
    assert re.search("[%％]", rows[0][9])


def test_numbers_of_the_table_are_those_of_the_statistics() -> None:
    stage, call, _ = scored()
    rows = table(signed_in(stage.home1), call, "?line=2")
    assert [row["n"] for row in rows] == ["6"] * 6
    scores = [float(row["Adjusted score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    for row in rows:
        assert float(row["Adjusted score, 95% from"]) < float(row["Adjusted score"])
        assert float(row["Adjusted score"]) < float(row["Adjusted score, 95% to"])
        assert 1 <= int(row["Adjusted rank, 95% from"]) <= int(row["Adjusted rank, 95% to"]) <= 6
    assert sum(float(row["Chance to be above the line"]) for row in rows) == pytest.approx(2, abs=0.01)
    assert {row["Chance to be above the line"] for row in table(signed_in(stage.home1), call)} == {""}


def test_same_reviews_give_the_same_page() -> None:
    stage, call, _ = scored()
    client = signed_in(stage.home1)
    assert table(client, call, "?line=3") == table(client, call, "?line=3")


def test_only_the_own_side_is_read_before_all_have_locked() -> None:
    stage, call, _ = scored(is_locked=False)
    rows = table(signed_in(stage.home1), call)
    assert [row["n"] for row in rows] == ["3"] * 6
    text = page(signed_in(stage.home1), at(call, language="en"))
    assert "go together" not in text
    address = at(call, f"statistics/{stage.home.public_id}/{stage.partner.public_id}.svg")
    assert signed_in(stage.home1).get(address).status_code == 404


def test_reviewers_are_named_to_their_own_side_alone() -> None:
    stage, call, _ = scored()
    names = {r.person.name: r.agency_id for r in call.reviewers.select_related("person")}
    text = page(signed_in(stage.partner1), at(call))
    assert {agency for name, agency in names.items() if name in text} == {stage.partner.pk}


def test_agencies_are_set_against_each_other() -> None:
    stage, call, _ = scored()
    text = page(signed_in(stage.home1), at(call, "statistics/?line=2", "en"))
    assert re.search(r"go together with r = 0\.64 \(95%: ", text)
    assert re.search(r"n = 6\): moderate\.", text)
    assert "Of the first 2 of each, " in text
    response = signed_in(stage.home1).get(
        at(call, f"statistics/{stage.home.public_id}/{stage.partner.public_id}.svg")
    )
    assert response["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("name", ["ranks", "strips", "spread"])
def test_charts_are_drawn(name: str) -> None:
    stage, call, _ = scored()
    response = signed_in(stage.home1).get(at(call, f"statistics/{name}.svg?line=2"))
    assert response.status_code == 200
    assert response.content.startswith(b"<?xml")


def test_spread_of_the_means_is_told_by_agency_in_sentence_table_and_csv() -> None:
    stage, call, _ = scored()
    client = signed_in(stage.home1)
    response: Any = client.get(at(call, "statistics/spread.csv", "en"))
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    given = Score.objects.filter(criterion__position=1).values_list(
        "assignment__reviewer__agency__short_name", "value"
    )
    assert rows == [
        ["Mean, rounded", stage.home.short_name, stage.partner.short_name],
        *(
            [
                str(step),
                *(
                    str(sum(one == (side.short_name, step) for one in given))
                    for side in (stage.home, stage.partner)
                ),
            ]
            for step in (5, 4, 3, 2, 1)
        ),
    ]
    counts = {row[0]: int(row[1]) + int(row[2]) for row in rows[1:]}
    step, most = max(counts.items(), key=lambda pair: pair[1])
    assert f"Most reviews have a mean that rounds to {step}: {most} of 36." in page(
        client, at(call, language="en")
    )


def test_spread_holds_the_own_side_alone_before_all_have_locked() -> None:
    stage, call, _ = scored(is_locked=False)
    response: Any = signed_in(stage.partner1).get(at(call, "statistics/spread.csv", "en"))
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    assert content.splitlines()[0] == f'"Mean, rounded",{stage.partner.short_name}'


def test_conflict_found_late_leaves_every_figure() -> None:
    stage, call, proposals = scored()
    client = signed_in(stage.home1)
    before = table(client, call)
    late = Assignment.objects.filter(proposal=proposals[0]).order_by("pk")[0]
    declare_conflict(assignment=late, by=late.reviewer.person.user, kind="kin")
    after = table(client, call)
    assert after[0]["n"] == "5"
    changed = [row["Adjusted score"] != old["Adjusted score"] for row, old in zip(after, before, strict=True)]
    assert all(changed)


def test_conflicted_officer_reads_figures_as_if_the_proposal_were_not_there() -> None:
    stage, call, proposals = scored()
    exclude(proposals[0], stage.home1)
    client = signed_in(stage.home1)
    figures = ("statistics/?line=2", "statistics/?of=" + stage.home.public_id)
    hidden = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="[^"]*"|"X-CSRFToken": "[^"]*"')
    see = lambda who: [hidden.sub("", page(who, at(call, name))) for name in figures]  # noqa: E731
    before, control = see(client), see(signed_in(stage.home2))
    assert proposals[0].receipt_number not in "".join(before)
    with writing():
        Score.objects.filter(assignment__proposal=proposals[0]).update(value=1)
        Assignment.objects.filter(proposal=proposals[0]).order_by("pk")[:1].get().scores.all().delete()
    assert see(client) == before
    assert see(signed_in(stage.home2)) != control


@pytest.mark.parametrize("name", ["statistics/?line=1", "statistics/strips.svg", "statistics/ranks.svg"])
def test_page_asks_as_much_for_six_rows_as_for_three(name: str) -> None:
    found = []
    for count in (3, 6):
        stage, call, _ = scored(count)
        client = signed_in(stage.home1)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at(call, name)).status_code == 200
        found.append(sum(asks(query["sql"]) for query in captured))
    assert found[0] == found[1]
    assert found[0] <= 16


@pytest.mark.parametrize("line", ["0", "-3", "x", "99999999999999999999"])
def test_line_that_is_none_is_told_beside_its_field(line: str) -> None:
    stage, call, _ = scored()
    text = page(signed_in(stage.home1), at(call, f"statistics/?line={line}", "en"))
    assert "field__errors" in text
    assert "Chance to be above the line</th>" not in text


def test_too_few_reviews_are_shown_as_they_are() -> None:
    stage, call, _ = make_scored_call()
    text = page(signed_in(stage.home1), at(call, language="en"))
    assert "Adjusted scores are not computed: too few proposals have two reviews." in text


def test_large_call_is_computed_in_the_background_and_again_once_a_review_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage, call, proposals = scored()
    live = table(signed_in(stage.home1), call, "?line=2")
    monkeypatch.setattr(reading, "LIVE", 10)
    client = signed_in(stage.home1)
    assert {row["Adjusted score"] for row in table(client, call, "?line=2")} == {""}
    assert "computed in the background" in page(client, at(call, "statistics/?line=2", "en"))
    bad = client.post(at(call, "statistics/compute/"), {"of": "", "line": "x"})
    assert bad.status_code == 302
    assert not Job.objects.filter(name=tasks.FIT_JOB).exists()
    posted = client.post(at(call, "statistics/compute/"), {"of": "", "line": "2"})
    job = Job.objects.get(name=tasks.FIT_JOB)
    assert posted["Location"] == f"/ja/review/statistics/{job.public_id}/"
    assert client.get(posted["Location"]).status_code == 200
    assert signed_in(stage.home2).get(posted["Location"]).status_code == 404
    assert run_job(job.pk) == "done"
    assert "of=&amp;line=2" in page(client, posted["Location"])
    assert table(client, call, "?line=2") == live
    late = Assignment.objects.filter(proposal=proposals[0]).order_by("pk")[0]
    declare_conflict(assignment=late, by=late.reviewer.person.user, kind="kin")
    assert {row["Adjusted score"] for row in table(client, call, "?line=2")} == {""}
    assert ScoreFit.objects.count() == 1
