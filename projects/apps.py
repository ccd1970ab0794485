from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self) -> None:
        from kernel import choices, violations
        from projects import messages

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
