import re

import pytest
from django.urls import NoReverseMatch, resolve, reverse
from django.urls.exceptions import Resolver404

from kernel.ids import ALPHABET, LENGTH, PublicIdConverter, new_public_id


def test_ids_have_twelve_signs_of_the_alphabet():
    assert all(re.fullmatch(PublicIdConverter.regex, new_public_id()) for _ in range(1000))


def test_ids_differ():
    assert len({new_public_id() for _ in range(1000)}) == 1000


def test_the_alphabet_leaves_out_what_is_mistaken():
    assert (len(ALPHABET), set("ilou") & set(ALPHABET), LENGTH) == (32, set(), 12)


@pytest.mark.parametrize("wrong", ["1", "0123456789ABC", "0123456789il", "0" * 13, "0" * 11 + "-", "０" * 12])
def test_an_address_with_anything_else_is_none(wrong):
    with pytest.raises(Resolver404):
        resolve(f"/ja/memberships/{wrong}/end/")
    with pytest.raises(NoReverseMatch):
        reverse("accounts:membership_end", args=[wrong])
