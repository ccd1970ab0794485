"""What the routes of `registries` answer."""

from tests.matrix.answer import Answer, button, form, read
from tests.matrix.roles import HOME, MINISTRY, OFFICERS

# Officers of Japanese agencies, and staff.
IMPORTERS = (*HOME, "other_home", "staff")
READERS = (*OFFICERS, *MINISTRY, "staff")

ANSWERS: dict[str, Answer] = {
    # one's own; a form without any name behind it leads to the profile
    "registries:posts": read(),
    "registries:post_add": form(),
    "registries:post": form("pi", objects=("post",)),
    "registries:post_remove": button("pi", objects=("post",)),
    "registries:overview": read(*READERS),
    "registries:import": form(*IMPORTERS),
    # a file that a programme officer has sent: to be seen and taken in by its sender alone
    "registries:import_job": form("home_officer", objects=("import_job",), empty=302),
    "registries:import_runs": read(*READERS),
    "registries:import_run": read(*READERS, objects=("import_run",)),
    # what others have published: for everybody signed in
    "registries:institutions": read(),
    "registries:institution_suggest": read(),
    "registries:erad_export": read(*IMPORTERS),
    "registries:institution": read(objects=("ror_institution",)),
    "registries:organisations": read(*IMPORTERS),
    "registries:organisation_add": form(*IMPORTERS),
    "registries:participant_codes": form(*IMPORTERS),
    "registries:organisation": read(*IMPORTERS, objects=("institution_org",)),
    "registries:organisation_change": form(*IMPORTERS, objects=("institution_org",)),
    "registries:organisation_merge": form(*IMPORTERS, objects=("institution_org", "other_institution_org")),
    "registries:merge_undo": button(*IMPORTERS, objects=("merge",)),
    "registries:publications": read(),
    "registries:publication": read(objects=("publication",)),
    "registries:awards": read(),
    "registries:award_template": read(*IMPORTERS),
    "registries:award": read(objects=("registered_award",)),
    "registries:paper_files": read(*MINISTRY, "staff"),
    "registries:papers_add": form(*MINISTRY, "staff"),
    # a file that an officer of the ministry has sent: to be followed by its sender alone
    "registries:paper_job": read("ministry", objects=("paper_job",)),
    "registries:papers_kept": read(*MINISTRY, "staff", objects=("paper_file",)),
    "registries:rates": read(),
    "registries:countries": read(),
    "registries:holidays": read(),
    "registries:review_projects": read(),
    "registries:review_project": read(objects=("review_project",)),
    "registries:budget_items": read(),
    "registries:budget_item": read(objects=("budget_item",)),
}
