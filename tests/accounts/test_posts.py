"""Posts and side jobs: written once, by the person alone, with their bounds."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions.posts import add_post, change_post, remove_post
from accounts.models import Post
from accounts.posts import held_posts, post_at, post_in_words, posts_as_plain
from accounts.rules.posts import is_held, post_violations
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import set_to
from kernel.revisions import fingerprint
from kernel.violations import NotAllowed, RuleBroken
from tests.builders.people import make_post, make_user
from tests.builders.registries import make_ror_institution as make_registered
from tests.counting import asks

pytestmark = pytest.mark.django_db
GOOD = {"kind": "post", "institution_name": "見本大学", "title_ja": "教授"}


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def codes(**changes: Any) -> list[tuple[str, str]]:
    plain = {
        "institution_name": "見本大学",
        "title_ja": "教授",
        "title_en": "",
        "starts_on": None,
        "ends_on": None,
        "is_main": False,
        "is_side_job": False,
        "others": 0,
    }
    return [(one.code, one.field) for one in post_violations(**{**plain, **changes})]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"title_ja": "", "title_en": "Professor"}, []),
        ({"institution_name": "\u200b\u3164"}, [("post_without_institution", "institution_name")]),
        ({"title_ja": "\u2060", "title_en": " "}, [("post_without_title", "title_ja")]),
        (
            {"starts_on": dt.date(2026, 4, 2), "ends_on": dt.date(2026, 4, 1)},
            [("post_ends_before_start", "ends_on")],
        ),
        ({"starts_on": dt.date(2026, 4, 1), "ends_on": dt.date(2026, 4, 1)}, []),
        ({"is_main": True, "is_side_job": True}, [("side_job_is_main", "is_main")]),
        ({"others": 40}, [("posts_too_many", "")]),
    ],
)
def test_what_a_post_must_say(changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert codes(**changes) == found


def test_both_days_of_a_post_are_included() -> None:
    first, last = dt.date(2026, 4, 1), dt.date(2027, 3, 31)
    days = [dt.date(2026, 3, 31), first, last, dt.date(2027, 4, 1)]
    assert [is_held(first, last, on) for on in days] == [False, True, True, False]
    assert is_held(None, None, first)


def test_the_main_post_is_one_and_a_new_one_takes_its_place() -> None:
    user = make_user()
    first = add_post(by=user, **GOOD, is_main=True)
    second = add_post(by=user, **GOOD, is_main=True)
    assert [Post.objects.get(pk=one.pk).is_main for one in (first, second)] == [False, True]
    verbs = AuditEntry.objects.filter(subject_id=user.person.public_id).order_by("pk")
    assert [entry.verb for entry in verbs][-2:] == ["post_added", "post_added"]


def test_a_post_is_written_by_its_person_alone_and_no_older_page_wins() -> None:
    user = make_user()
    post = make_post(user)
    seen = fingerprint(post)
    change_post(post=post, by=user, seen=seen, **{**GOOD, "title_ja": "准教授"})
    with pytest.raises(RuleBroken) as broken:
        change_post(post=post, by=user, seen=seen, **GOOD)
    assert [one.code for one in broken.value.violations] == ["stale_version_own"]
    for act in (
        lambda: change_post(post=post, by=make_user(), **GOOD),
        lambda: remove_post(post=post, by=make_user()),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Post.objects.get(pk=post.pk).title_ja == "准教授"
    remove_post(post=post, by=user)
    assert not Post.objects.filter(pk=post.pk).exists()


def test_the_post_at_an_institution_is_found_by_ror_or_name_and_on_its_days() -> None:
    user = make_user()
    make_post(user, institution_ror_id="057zh3y96", ends_on=dt.date(2027, 3, 31))
    make_post(user, kind="side_job", institution_name="見本計測株式会社", is_main=False)
    person = user.person
    with set_to(dt.datetime(2027, 3, 31, 3, tzinfo=dt.UTC)):
        assert len(held_posts(person)) == 2
        found = post_at(person, ror_id="057zh3y96", name="")
        assert found is not None and found.title_en == "Professor"
        assert post_at(person, ror_id="", name="見本計測株式会社") is None  # a side job is no post of a team
    with set_to(dt.datetime(2027, 4, 1, 3, tzinfo=dt.UTC)):
        assert post_at(person, ror_id="057zh3y96", name="見本大学") is None


def test_a_post_is_said_in_the_readers_language() -> None:
    plain = posts_as_plain([make_post(make_user(), institution_ror_id="057zh3y96")])[0]
    assert post_in_words(plain, "en", {"057zh3y96": "Example University"}).endswith(
        "Example University、Graduate School of Science、Professor（2020年4月1日（令和2年）から）"
    )


def test_the_pages_add_change_and_remove_and_say_what_is_wrong() -> None:
    user = make_user()
    registered = make_registered()
    client = client_of(user)
    here = "/ja/profile/posts/"
    wrong = client.post(
        f"{here}add/", {**GOOD, "title_ja": "", "starts_on": "2027-04-01", "ends_on": "2026-04-01"}
    )
    assert sorted(wrong.context["form"].errors) == ["ends_on", "title_ja"]
    name = registered.name_ja or registered.name_en
    assert client.post(f"{here}add/", {**GOOD, "institution_name": name, "is_main": "on"}).status_code == 302
    post = Post.objects.get()
    assert (post.institution_name, post.institution_ror_id, post.is_main) == (name, registered.ror_id, True)
    assert "本務" in client.get(here).content.decode()
    assert client.post(f"{here}{post.public_id}/", {**GOOD, "kind": "side_job"}).status_code == 302
    assert Post.objects.get().kind == "side_job"
    assert client_of(make_user()).get(f"{here}{post.public_id}/").status_code == 404
    assert client.post(f"{here}{post.public_id}/remove/").status_code == 302
    assert not Post.objects.exists()


def test_the_list_asks_the_same_however_many_there_are() -> None:
    counts = []
    for number in (1, 3):
        user = make_user()
        for _ in range(number):
            make_post(user, is_main=False)
        client = client_of(user)
        client.get("/ja/profile/posts/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/ja/profile/posts/")
        counts.append(sum(asks(query["sql"]) for query in queries))
    assert counts[0] == counts[1]


def test_the_check_digit_of_the_researcher_number_is_doubted_on_the_profile_and_saved() -> None:
    user = make_user()
    with writing():
        user.person.family_kanji = "見本"
        user.person.save()
    client = client_of(user)
    words = "e-Rad研究者番号の検査数字が一致しません。確認してください。"
    for number, is_doubted in (("90050426", False), ("90050427", True)):
        page = client.post("/ja/profile/", {"family_kanji": "見本", "erad_number": number}, follow=True)
        assert (words in page.content.decode()) is is_doubted
        user.person.refresh_from_db()
        assert user.person.erad_number == number
