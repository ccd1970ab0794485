"""What a team's entries take over of the posts that its members hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.posts import held_posts, in_language, post_at, posts_as_plain
from kernel.violations import Violation
from program.enums import StatementKind
from proposals.models import Proposal, Statement, TeamMember

POST_OF_MEMBER = ("department_ja", "department_en", "title_ja", "title_en")


def post_of(person: Person, ror_id: str, name: str) -> dict[str, str]:
    """Department and title of a person at an institution, as their profile has them; empty where it has none."""
    found = post_at(person, ror_id=ror_id, name=name)
    return {part: getattr(found, part) for part in POST_OF_MEMBER} if found else {}


def is_post_to_be_taken(member: TeamMember) -> bool:
    """Whether an entry says nothing of a post that the profile of somebody who takes part does know."""
    return bool(known_post(member))


def known_post(member: TeamMember) -> dict[str, str]:
    """What the profile knows and the entry does not say. Of somebody who has not accepted, nothing of a profile is shown."""
    if member.joined_at is None or any(getattr(member, name) for name in POST_OF_MEMBER):
        return {}
    return post_of(member.person, member.institution_ror_id, member.institution_name)


def place_words(member: Mapping[str, Any], institution: str, language: str) -> str:
    """The institution, and below it department and title."""
    parts = [in_language(member, name, language) for name in ("department", "title")]
    # One sign in every language: what was typed in one of them must not stand in the PDF twice.
    return "\n".join(filter(None, [institution, " / ".join(filter(None, parts))]))


def changed_posts(proposal: Proposal, statements: Iterable[Statement]) -> list[Violation]:
    """Statements on integrity whose posts are no longer what the profile says, by the names of their persons."""
    joined = {member.person_id for member in proposal.team.all() if member.joined_at is not None}
    names = [
        one.person.name
        for one in statements
        if one.kind == StatementKind.INTEGRITY
        and one.person is not None
        and one.person_id in joined
        and posts_as_plain(held_posts(one.person)) != one.posts
    ]
    return [Violation("posts_changed_since_stated", "", {"names": _(", ").join(names)})] if names else []
