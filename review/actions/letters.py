"""What everything that is recorded on an agency's behalf needs: the agency's letter, its date, who recorded it."""

import datetime as dt
from typing import Any

from accounts.permissions import person_of
from kernel.clock import today
from kernel.files.models import StoredFile
from kernel.violations import Violation, refuse_if
from program.models import Call
from review.permissions import root_of


def behalf_fields(
    call: Call, recorder: Any, letter: StoredFile | None, dated: dt.date | None
) -> dict[str, Any]:
    """The fields of a record on behalf.

    Raises:
        RuleBroken: `letter_missing`, `letter_date_missing`, `letter_dated_ahead`.
    """
    is_ahead = dated is not None and dated > today(call.programme.zone)
    refuse_if(
        Violation("letter_missing", "letter") if letter is None else None,
        Violation("letter_date_missing", "letter_dated") if dated is None else None,
        Violation("letter_dated_ahead", "letter_dated") if is_ahead else None,
    )
    person = person_of(recorder)
    assert person is not None
    return {
        "on_behalf": True,
        "letter": letter,
        "letter_dated": dated,
        "recorded_by": root_of(person),
        "confirmed_by": None,
        "confirmed_at": None,
    }
