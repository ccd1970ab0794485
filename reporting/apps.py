from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from kernel import choices, violations
        from kernel.contributions import navigation, waiting
        from projects.contributions import project_moves
        from reporting import contributions, messages, tasks  # noqa: F401  the handler registers itself

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
        navigation.add("reporting", contributions.navigation)
        waiting.add("reporting", contributions.waiting)
        project_moves.add("reporting", contributions.project_moves)
