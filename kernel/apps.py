from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "kernel"

    def ready(self) -> None:
        from django.urls import register_converter

        from kernel import checks, ids, messages, violations  # noqa: F401  the import registers the checks
        from kernel.documents import messages as document_messages
        from kernel.wording import speak_in_our_words

        speak_in_our_words()

        from kernel.forms import blank_is_what_nobody_sees

        blank_is_what_nobody_sees()

        violations.register(messages.VIOLATIONS)
        violations.register(document_messages.VIOLATIONS)
        register_converter(ids.PublicIdConverter, "pid")
