"""Settings of the tests: a data folder of their own, cheap passwords, mail in memory; all else as in service."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import FrameType

if "DATA_DIR" not in os.environ:
    # Set in the environment, so that the test runner's other processes share it; the first removes it at its end.
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="kakehashi-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
# Without collected files the manifest of production cannot name any.
os.environ.setdefault("STATICFILES_BACKEND", "django.contrib.staticfiles.storage.StaticFilesStorage")

from config.settings import *  # noqa: F403  the environment had to be set first
from config.settings import BASE_DIR, DATA_DIR, DATABASES, TEMPLATES

STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In a file, because several threads and processes must see the same data.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
elif os.environ.get("TEST_DATABASE"):
    DATABASES["default"]["TEST"] = {"NAME": os.environ["TEST_DATABASE"]}


class UnknownVariable(str):
    """What stands for a variable that a template names and the view does not give: an error, in a template of ours.

    Optional variables are asked for with `{% if %}` or `{% firstof %}`, which do not come here.
    """

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, name: object) -> str:
        frame: FrameType | None = sys._getframe()
        while frame is not None and frame.f_code.co_name != "render_annotated":
            frame = frame.f_back
        origin = getattr(frame.f_locals["self"], "origin", None) if frame is not None else None
        template = Path(getattr(origin, "name", "") or "")
        if BASE_DIR / "templates" in template.parents:
            raise AssertionError(
                f"{template.relative_to(BASE_DIR)} names {name}, which the view does not give"
            )
        return ""


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")  # type: ignore[index]
