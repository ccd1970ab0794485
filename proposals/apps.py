from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"

    def ready(self) -> None:
        from kernel import choices, violations
        from proposals import messages, tasks  # noqa: F401  the import registers the handlers of jobs

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)

        from kernel.contributions import navigation, waiting
        from program.contributions import call_moves, form_moves, trial_pages
        from proposals import contributions

        navigation.add("proposals", contributions.navigation)
        waiting.add("proposals", contributions.waiting)
        call_moves.add("proposals", contributions.call_moves)
        trial_pages.add("proposals", contributions.trial_page)
        form_moves.add("proposals", contributions.form_moves)
