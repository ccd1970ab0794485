from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"

    def ready(self) -> None:
        from kernel import choices, violations
        from proposals import (
            award_messages,
            check_messages,
            intake_messages,
            intake_tasks,  # noqa: F401  the import registers the handlers of jobs
            messages,
            notice_messages,
            tasks,  # noqa: F401  as above
        )

        violations.register(award_messages.VIOLATIONS)
        for words in (messages, check_messages, intake_messages, notice_messages):
            violations.register(words.VIOLATIONS)
            choices.register_labels(words.LABELS)

        from kernel.contributions import navigation, waiting
        from program.contributions import call_moves, call_obstacles, call_readers, form_moves, trial_pages
        from proposals import contributions, notice_contributions

        navigation.add("proposals", contributions.navigation)
        waiting.add("proposals", contributions.waiting)
        call_moves.add("proposals", contributions.call_moves)
        call_readers.add("proposals", contributions.call_readers)
        call_obstacles.add("proposals", contributions.call_obstacles)
        trial_pages.add("proposals", contributions.trial_page)
        form_moves.add("proposals", contributions.form_moves)
        waiting.add("notices", notice_contributions.waiting)
        call_moves.add("notices", notice_contributions.call_moves)
        call_obstacles.add("notices", notice_contributions.call_obstacles)
        call_readers.add("notices", notice_contributions.call_readers)
