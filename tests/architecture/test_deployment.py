"""The files of the deployment agree with each other and with the settings."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}


def test_services_are_those_of_the_architecture() -> None:
    assert set(SERVICES) == {"proxy", "web", "worker", "beat", "migrate", "postgres", "redis"}


SPECIFICATION = jsonschema.Draft201909Validator(
    json.loads((ROOT / "tests/vendor/compose-spec/compose_spec.json").read_text())
)
# The project's name came into the specification after this edition of its schema.
WITHOUT_NAME = {key: value for key, value in COMPOSE.items() if key != "name"}


def test_file_follows_the_compose_specification() -> None:
    faults = SPECIFICATION.iter_errors(WITHOUT_NAME)
    assert [f"{fault.json_path}: {fault.message}" for fault in faults] == []


@pytest.mark.parametrize(
    ("key", "value"), [("comand", ["x"]), ("ports", 8080), ("healthcheck", {"tset": ["CMD", "true"]})]
)
def test_a_mistake_in_a_service_is_found(key: str, value: Any) -> None:
    services = {**SERVICES, "web": {**SERVICES["web"], key: value}}
    assert not SPECIFICATION.is_valid({**WITHOUT_NAME, "services": services})


def test_production_settings_pass_the_deployment_check() -> None:
    production = {
        "PATH": os.environ["PATH"],
        "PRODUCTION": "true",
        "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "DATA_DIR": str(settings.DATA_DIR),
        "ALLOWED_HOSTS": "portal.example.jp",
        "EMAIL_URL": "smtp://mail.example.jp:25",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=production,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced).")


@pytest.mark.parametrize("name", SERVICES)
def test_dependencies_exist_and_can_be_met(name: str) -> None:
    for other, need in SERVICES[name].get("depends_on", {}).items():
        assert other in SERVICES
        assert need["condition"] in CONDITIONS
        if need["condition"] == "service_healthy" and "build" not in SERVICES[other]:
            assert "test" in SERVICES[other]["healthcheck"]


@pytest.mark.parametrize("name", SERVICES)
def test_named_volumes_are_declared(name: str) -> None:
    sources = [volume.split(":")[0] for volume in SERVICES[name].get("volumes", [])]
    assert [
        source for source in sources if not source.startswith(".") and source not in COMPOSE["volumes"]
    ] == []


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"\$\{\w+:?-[^}]*\}", text) == []


def test_every_variable_is_one_that_the_settings_read() -> None:
    known = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "config/settings.py").read_text()))
    assert set(SERVICES["web"]["environment"]) - known == set()


def test_example_names_every_variable_of_the_settings() -> None:
    known = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "config/settings.py").read_text()))
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert (known - named, named - known) == (set(), set())


def test_proxy_serves_files_only_by_internal_redirect() -> None:
    proxy = (ROOT / "deploy/nginx.conf").read_text()
    prefix = SERVICES["web"]["environment"]["FILES_INTERNAL_REDIRECT"]
    block = re.search(rf"location {prefix} {{(.*?)}}", proxy, re.DOTALL)
    assert block is not None
    assert [line.strip() for line in block[1].strip().splitlines()] == ["internal;", "alias /data/files/;"]


def test_proxy_takes_in_requests_whole() -> None:
    assert "proxy_request_buffering on;" in (ROOT / "deploy/nginx.conf").read_text()


def test_image_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\w+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert users == ["kakehashi"]
