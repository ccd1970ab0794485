"""A call of each agreement model, from the assignment to what applicants read: two agencies' people, each in a browser of
their own, with a conflict found late, a reviewer who drops out, and a tie at the line."""

from collections.abc import Callable

import pytest

from program.enums import AgreementModel
from tests.browser import models_deciding as deciding
from tests.browser import models_reviewing as reviewing
from tests.browser.models_cast import make_cast
from tests.browser.walker import Walker

# A negotiation and a panel are steps of their own, and are walked each time; these two by `bin/test --full`.
IN_FULL = {AgreementModel.BOTH_RECOMMEND, AgreementModel.LEAD_CONFIRMED}


@pytest.mark.parametrize(
    "model", [pytest.param(one, marks=[pytest.mark.full] if one in IN_FULL else []) for one in AgreementModel]
)
def test_a_call_of_each_agreement_model(
    walk: Callable[..., Walker], transactional_db: None, model: AgreementModel
) -> None:
    cast = make_cast(walk, model)
    reviewing.assign(cast)
    reviewing.drop_out(cast)
    reviewing.review_all(cast)
    reviewing.lock(cast)
    reviewing.find_conflict_late(cast)
    deciding.record_lists(cast)
    deciding.negotiate(cast)
    deciding.plan_panel(cast)
    deciding.settle_tie(cast)
    decision = deciding.propose(cast)
    deciding.answer(cast, decision)
    deciding.publish(cast, decision)
