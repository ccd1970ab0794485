from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "kernel"

    def ready(self) -> None:
        from kernel import checks, messages, violations  # noqa: F401  the import registers the checks

        violations.register(messages.VIOLATIONS)
