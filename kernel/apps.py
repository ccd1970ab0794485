from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "kernel"

    def ready(self) -> None:
        from django.urls import register_converter

        from kernel import checks, ids, messages, violations  # noqa: F401  the import registers the checks
        from kernel.documents.messages import VIOLATIONS as documents

        violations.register(messages.VIOLATIONS)
        violations.register(documents)
        register_converter(ids.PublicIdConverter, "pid")
