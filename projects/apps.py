from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self) -> None:
        from projects import messages
        from kernel import choices, violations

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
