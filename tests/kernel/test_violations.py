"""A code says one thing, whichever app says it."""

import pytest

from kernel.violations import Violation, register, sentence


def test_a_code_cannot_be_given_a_second_sentence() -> None:
    register({"tested_code": "One thing: %(n)s"})
    register({"tested_code": "One thing: %(n)s"})
    with pytest.raises(ValueError, match="tested_code"):
        register({"tested_code": "Another thing"})
    assert sentence(Violation("tested_code", params={"n": 5})) == "One thing: 5"
