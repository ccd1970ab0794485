"""A person's posts and side jobs, written by that person alone."""

import datetime as dt
from typing import Any

from accounts.enums import PostKind
from accounts.models import Person, Post, User
from accounts.rules.posts import post_violations
from kernel import audit
from kernel.actions import action, require
from kernel.revisions import refuse_stale
from kernel.text import hidden_violation, without_debris
from kernel.violations import refuse_if

WORDS = ("institution_name", "department_ja", "department_en", "title_ja", "title_en")


@action
def add_post(*, by: User, **fields: Any) -> Post:
    """One more post of the person of `by`; `fields` as in `_write`. A main one takes the place of the one before.

    Raises:
        NotAllowed: nobody knows yet who it is; a profile comes first.
        RuleBroken: what `rules.posts.post_violations` finds; `name_has_hidden_character`.
    """
    person = Person.objects.select_for_update().filter(user=by).first()
    require(person is not None)
    assert person is not None
    post = Post(person=person)
    _write(post, **fields)
    audit.record("post_added", person, by=by)
    return post


@action
def change_post(*, post: Post, by: User, seen: str = "", **fields: Any) -> Post:
    """Change a post. `seen` is the `fingerprint` of what the writer had before them.

    Raises:
        NotAllowed: it is somebody else's.
        RuleBroken: as `add_post`; `stale_version` if it was changed since `seen`.
    """
    post = _own(post, by)
    refuse_stale(post, seen, writer=by, verb="post_changed", subject=post.person)
    _write(post, **fields)
    audit.record("post_changed", post.person, by=by)
    return post


@action
def remove_post(*, post: Post, by: User) -> None:
    """Take a post out. What was stated or submitted keeps it.

    Raises:
        NotAllowed: it is somebody else's.
    """
    post = _own(post, by)
    person = post.person
    post.delete()
    audit.record("post_removed", person, by=by)


def _own(post: Post, by: User) -> Post:
    person = Person.objects.select_for_update().get(pk=post.person_id)
    require(person.user_id == by.pk)
    locked = Post.objects.select_for_update().get(pk=post.pk)
    locked.person = person
    return locked


def _write(
    post: Post,
    *,
    kind: str,
    institution_name: str,
    institution_ror_id: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    is_main: bool = False,
    **words: str,
) -> None:
    words = {
        name: without_debris(value)
        for name, value in {"institution_name": institution_name, **words}.items()
        if name in WORDS
    }
    others = Post.objects.filter(person=post.person).exclude(pk=post.pk)
    refuse_if(
        *post_violations(
            institution_name=words["institution_name"],
            title_ja=words.get("title_ja", ""),
            title_en=words.get("title_en", ""),
            starts_on=starts_on,
            ends_on=ends_on,
            is_main=is_main,
            is_side_job=kind == PostKind.SIDE_JOB,
            others=others.count(),
        ),
        *(hidden_violation(value, name) for name, value in words.items()),
    )
    if is_main:
        others.filter(is_main=True).update(is_main=False)
    post.kind, post.is_main = PostKind(kind), is_main
    post.institution_ror_id, post.starts_on, post.ends_on = institution_ror_id, starts_on, ends_on
    for name in WORDS:
        setattr(post, name, words.get(name, ""))
    post.save()
