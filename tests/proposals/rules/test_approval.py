"""What requests for the institution's approval come to, and when one may be made."""

import datetime as dt

import pytest

from proposals.enums import ApprovalStatus
from proposals.rules.approval import (
    approval_gap,
    asking_violations,
    internal_deadline_violation,
    status_of,
)


@pytest.mark.parametrize(
    ("requests", "status"),
    [
        ([], ApprovalStatus.MISSING),
        ([("asked", "now")], ApprovalStatus.ASKED),
        ([("asked", "before")], ApprovalStatus.OUTDATED),
        ([("returned", "now")], ApprovalStatus.RETURNED),
        ([("approved", "now")], ApprovalStatus.GIVEN),
        ([("approved", "before")], ApprovalStatus.VOID),
        # what was approved once is approved when it is so again, whatever was asked between
        ([("returned", "between"), ("approved", "now")], ApprovalStatus.GIVEN),
        ([("asked", "now"), ("approved", "before")], ApprovalStatus.ASKED),
        ([("asked", "now"), ("replaced", "before")], ApprovalStatus.ASKED),
    ],
)
def test_the_status_is_that_of_the_content(requests: list[tuple[str, str]], status: ApprovalStatus) -> None:
    assert status_of(requests, "now") == status


@pytest.mark.parametrize("status", list(ApprovalStatus))
def test_only_a_given_approval_lets_submit(status: ApprovalStatus) -> None:
    assert (approval_gap(status, is_needed=True) is None) == (status == ApprovalStatus.GIVEN)
    assert approval_gap(status, is_needed=False) is None


@pytest.mark.parametrize(
    ("status", "is_needed", "gaps", "unsigned", "codes"),
    [
        (ApprovalStatus.MISSING, True, 0, [], []),
        (ApprovalStatus.RETURNED, True, 0, [], []),
        (ApprovalStatus.VOID, True, 0, [], []),
        (ApprovalStatus.MISSING, False, 0, [], ["approval_not_needed"]),
        (ApprovalStatus.ASKED, True, 0, [], ["approval_asked_already"]),
        (ApprovalStatus.GIVEN, True, 0, [], ["approval_given_already"]),
        (ApprovalStatus.MISSING, True, 2, ["A"], ["approval_before_complete", "signatures_missing"]),
    ],
)
def test_what_is_complete_and_signed_may_be_asked_for(
    status: ApprovalStatus, is_needed: bool, gaps: int, unsigned: list[str], codes: list[str]
) -> None:
    found = asking_violations(status, is_needed=is_needed, gaps=gaps, unsigned=unsigned)
    assert [violation.code for violation in found] == codes


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (dt.date(2027, 1, 9), "internal_deadline_past"),
        (dt.date(2027, 1, 10), ""),
        (dt.date(2027, 1, 29), ""),
        (dt.date(2027, 1, 30), "internal_deadline_late"),
    ],
)
def test_an_internal_deadline_lies_between_today_and_the_deadline(on: dt.date, code: str) -> None:
    found = internal_deadline_violation(on, today=dt.date(2027, 1, 10), deadline=dt.date(2027, 1, 29))
    assert (found.code if found else "") == code
