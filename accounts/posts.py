"""A person's posts as others read them: as plain values, and in words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.enums import PostKind
from accounts.models import Person, Post
from accounts.rules.posts import is_held
from kernel.choices import label
from kernel.clock import today
from kernel.templatetags.kernel import day

PLAIN = (
    "kind",
    "institution_name",
    "institution_ror_id",
    "department_ja",
    "department_en",
    "title_ja",
    "title_en",
    "starts_on",
    "ends_on",
    "is_main",
)


def held_posts(person: Person, on: dt.date | None = None) -> list[Post]:
    """The posts that somebody holds on a day, today where none is said: the main one first."""
    day_ = on or today()
    return [post for post in person.posts.all() if is_held(post.starts_on, post.ends_on, day_)]


def posts_as_plain(posts: Iterable[Post]) -> list[dict[str, Any]]:
    """As JSON keeps them, days in ISO 8601."""
    return [
        {
            name: value.isoformat() if isinstance(value := getattr(post, name), dt.date) else value
            for name in PLAIN
        }
        for post in posts
    ]


def post_at(person: Person, *, ror_id: str, name: str) -> Post | None:
    """The post that somebody holds now at an institution, known by its ROR id or its name; no side job."""
    for post in held_posts(person):
        is_there = bool(ror_id) and post.institution_ror_id == ror_id
        if post.kind == PostKind.POST and (is_there or post.institution_name == name):
            return post
    return None


def in_language(values: Mapping[str, Any], name: str, language: str) -> str:
    """A text that is held in two languages: in `language`, else in the other."""
    other = "ja" if language == "en" else "en"
    return str(values.get(f"{name}_{language}") or values.get(f"{name}_{other}") or "")


def post_in_words(post: Mapping[str, Any], language: str, names: Mapping[str, str]) -> str:
    """Main post: Example University, Graduate School of Science, Professor (since 1 April 2020). `names` are institutions' names
    in that language by ROR id."""
    where = names.get(post["institution_ror_id"]) or post["institution_name"]
    parts = [where, in_language(post, "department", language), in_language(post, "title", language)]
    kind = _("Main post") if post["is_main"] else label(PostKind(post["kind"]))
    words = _("%(kind)s: %(words)s") % {"kind": kind, "words": _(", ").join(filter(None, parts))}
    first, last = (dt.date.fromisoformat(d) if d else None for d in (post["starts_on"], post["ends_on"]))
    if first and last:
        return _("%(words)s (%(first)s to %(last)s)") % {
            "words": words,
            "first": day(first),
            "last": day(last),
        }
    if first:
        return _("%(words)s (since %(first)s)") % {"words": words, "first": day(first)}
    return _("%(words)s (until %(last)s)") % {"words": words, "last": day(last)} if last else words
