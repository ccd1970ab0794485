"""How an answer is written: a route, the objects in its address, and who gets what by which method."""

from dataclasses import dataclass, field
from typing import Any

from tests.matrix.roles import ANONYMOUS, GUEST, ROLES, SIGNED_IN

METHODS = ("GET", "POST", "DELETE")
SIGN_IN = 302  # to the sign-in page
ABSENT = 404
NO_SUCH_METHOD = 405


@dataclass(frozen=True)
class Answer:
    """What one route answers.

    `objects` are the names of the world's objects whose public ids stand in the address, in order, or plain values.
    `get` and `post` map a status to the roles that receive it; whoever is not named finds nothing (404), and somebody
    who has not signed in is led to the sign-in page. A method that is None is none of the route's: 405.
    """

    objects: tuple[Any, ...] = ()
    get: dict[int, tuple[str, ...]] | None = field(default_factory=dict)
    post: dict[int, tuple[str, ...]] | None = None
    # What somebody who has not signed in receives by GET; the sign-in page unless told.
    anonymous: int = SIGN_IN
    # Fields that a POST needs to get as far as the check of rights.
    data: dict[str, str] = field(default_factory=dict)

    def expected(self, method: str, role: str) -> int:
        """The status that `role` must receive."""
        given = {"GET": self.get, "POST": self.post}.get(method)
        if role == GUEST and not any(role in roles for roles in (given or {}).values()):
            role = ANONYMOUS
        if role == ANONYMOUS and (method == "GET" or self.anonymous == SIGN_IN):
            return self.anonymous
        if given is None:
            return NO_SUCH_METHOD
        named = {one: status for status, roles in given.items() for one in roles}
        assert set(named) <= set(ROLES), set(named) - set(ROLES)
        return named.get(role, ABSENT)


def read(*roles: str, objects: tuple[Any, ...] = ()) -> Answer:
    """A page that `roles` may read, and nothing more."""
    return Answer(objects, get={200: roles or SIGNED_IN})


def form(*roles: str, objects: tuple[Any, ...] = (), empty: int = 200) -> Answer:
    """A page with a form; an empty one comes back with its errors (200), unless told."""
    allowed = roles or SIGNED_IN
    return Answer(objects, get={200: allowed}, post={empty: allowed})


def button(*roles: str, objects: tuple[Any, ...] = (), then: int = 302) -> Answer:
    """An address that only takes a POST."""
    return Answer(objects, get=None, post={then: roles or SIGNED_IN})
