"""What a post must say."""

import datetime as dt

from kernel.text import is_blank_text
from kernel.violations import Violation

MOST_POSTS = 40


def post_violations(
    *,
    institution_name: str,
    title_ja: str,
    title_en: str,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    is_main: bool,
    is_side_job: bool,
    others: int,
) -> list[Violation]:
    """What is wrong with a post as its person enters it; `others` is how many they have besides."""
    found = []
    if is_blank_text(institution_name):
        found.append(Violation("post_without_institution", "institution_name"))
    if is_blank_text(title_ja) and is_blank_text(title_en):
        found.append(Violation("post_without_title", "title_ja"))
    if starts_on and ends_on and ends_on < starts_on:
        found.append(Violation("post_ends_before_start", "ends_on"))
    if is_main and is_side_job:
        found.append(Violation("side_job_is_main", "is_main"))
    if others >= MOST_POSTS:
        found.append(Violation("posts_too_many", "", {"most": MOST_POSTS}))
    return found


def is_held(starts_on: dt.date | None, ends_on: dt.date | None, on: dt.date) -> bool:
    """Whether a post is held on a day; both its days are included."""
    return (starts_on is None or starts_on <= on) and (ends_on is None or on <= ends_on)
