"""Statements on compliance in words, for the PDF and the pages."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.posts import in_language, post_in_words
from kernel.choices import label_of_value
from kernel.templatetags.kernel import day
from program.enums import StatementKind
from proposals.actions.statement_content import NAMES


def said_words(
    text: str,
    course: str,
    done_on: dt.date | None,
    valid_until: dt.date | None,
    posts: Sequence[str] = (),
) -> str:
    """What is stated: of a training the course, its day and until when it holds; of a person the `posts`, in words."""
    found = [course] if course else []
    if done_on:
        found.append(_("done on %(day)s") % {"day": day(done_on)})
    if valid_until:
        found.append(_("valid until %(day)s") % {"day": day(valid_until)})
    return "\n".join(filter(None, [_(", ").join(found), *posts, text]))


def statements_sheet(content: dict[str, Any], language: str) -> dict[str, Any]:
    """For the PDF and proposals/plain_table.html: `heading`, `columns`, `rows`, and `none` for when there are none."""
    names = {member["person"]["public_id"]: _name(member["person"], language) for member in content["team"]}
    lead = content["institution"]
    known = {lead["ror_id"]: in_language(lead, "name", language)} if lead["ror_id"] else {}
    known |= {
        ror_id: words[language]
        for ror_id, words in content.get("institution_names", {}).items()
        if language in words
    }
    rows = [
        [
            label_of_value(StatementKind, one["kind"]),
            names.get(one["person"], "–") if one["person"] else _("whole proposal"),
            said_words(
                one["text"],
                one["course"],
                _day(one["done_on"]),
                _day(one["valid_until"]),
                [post_in_words(post, language, known) for post in one.get("posts", ())],
            ),
            f"{day(_day(one['stated_on']))}\n{_name(one['stated_by'], language)}",
        ]
        for one in content.get("statements", [])
    ]
    return {
        "heading": _("Statements on compliance"),
        "columns": [_("Statement on"), _("Of whom"), _("What is stated"), _("Stated on, by")],
        "rows": rows,
        "none": _("(no statement made)"),
    }


def _name(person: dict[str, Any], language: str) -> str:
    return Person(**{part: person[part] for part in NAMES}).name_in(language)


def _day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None
