"""What the routes of `portal` and the machines' addresses answer."""

from tests.matrix.answer import Answer
from tests.matrix.roles import SIGNED_IN

ANSWERS: dict[str, Answer] = {
    "healthz": Answer(get={200: SIGNED_IN}, anonymous=200),
    "readyz": Answer(get={200: SIGNED_IN}, anonymous=200),
    "portal:home": Answer(get={200: SIGNED_IN}, anonymous=200),
    "portal:guide": Answer(get={200: SIGNED_IN}, anonymous=200),
    "portal:design": Answer(get={200: ("staff",)}, post={302: ("staff",)}),
    # asked for by itself, it leads to the page
    "portal:design_progress": Answer(get={302: ("staff",)}),
}
