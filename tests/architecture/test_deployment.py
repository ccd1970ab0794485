"""The files of the deployment agree with each other and with the settings."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
# The keys of the Compose Specification that this file uses, so that a mistyped one is found without Docker.
KEYS = {"build", "command", "depends_on", "environment", "healthcheck", "image", "init", "ports", "restart"}
KEYS |= {"stop_grace_period", "volumes"}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}


def test_services_are_those_of_the_architecture() -> None:
    assert set(SERVICES) == {"proxy", "web", "worker", "beat", "migrate", "postgres", "redis"}


@pytest.mark.parametrize("name", SERVICES)
def test_service_uses_known_keys(name: str) -> None:
    assert set(SERVICES[name]) - KEYS == set()


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
