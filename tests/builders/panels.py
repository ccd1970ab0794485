"""Panels as rows: a meeting of a call with its proposals in order, and its people."""

import datetime as dt
from typing import Any

from accounts.models import Organisation, Person
from kernel.actions import writing
from program.models import Call
from proposals.models import Proposal
from review.models import Panel, PanelItem, PanelMember

START = dt.datetime(2027, 4, 12, 1, 0, tzinfo=dt.UTC)


def make_panel(call: Call, by: Any, proposals: list[Proposal], **fields: Any) -> Panel:
    with writing():
        panel = Panel.objects.create(
            **{
                "call": call,
                "made_by": by,
                "title": "合同審査会",
                "starts_at": START,
                "ends_at": START + dt.timedelta(hours=6),
                "place": "東京",
                "has_votes": True,
                **fields,
            }
        )
        for index, proposal in enumerate(proposals, 1):
            PanelItem.objects.create(panel=panel, proposal=proposal, turn=index, rank=index)
    return panel


def seat(panel: Panel, person: Person, agency: Organisation, **fields: Any) -> PanelMember:
    with writing():
        return PanelMember.objects.create(
            panel=panel, person=person, agency=agency, **{"attendance": "present", **fields}
        )
