"""Making `.venv`, with nothing but a bare Python's standard library. Imported by `bin/serve` and `bin/test`."""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV_VERSION = "0.13.9"


def make_environment(*requirements: str) -> Path:
    """Install `requirements` (names of locked files at the root) into `.venv`; returns its Python.

    A stamp holds the digest of what was installed, so that the second start installs nothing.
    """
    if sys.version_info < (3, 11):  # noqa: UP036  a bare machine may have an older one
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}: install python3.11.")
    wanted = _digest(requirements)
    stamp = VENV / "installed"
    if stamp.is_file() and wanted in stamp.read_text().split() and PYTHON.exists():
        return PYTHON
    _make_venv()
    print("Installing the packages (once; about a minute)…", flush=True)
    _install([str(ROOT / name) for name in requirements])
    stamp.write_text("\n".join(_covered_by(requirements)) + "\n")
    return PYTHON


def _covered_by(requirements: tuple[str, ...]) -> list[str]:
    """The digests that an installation of `requirements` answers: an environment for tests also serves."""
    return [_digest(requirements[:count]) for count in range(1, len(requirements) + 1)]


def _digest(requirements: tuple[str, ...]) -> str:
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in requirements:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _make_venv() -> None:
    if PYTHON.exists():
        return
    package = f"python3.{sys.version_info.minor}-venv"
    advice = f"This Python cannot make an environment: install its `venv` module (on Debian and Ubuntu: {package})."
    try:
        import ensurepip  # noqa: F401  Debian leaves it out of the bare Python
    except ImportError:
        sys.exit(advice)
    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, OSError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(f"{advice} ({error})")


def _install(files: list[str]) -> None:
    """By uv, which takes seconds; by pip where uv cannot be had. Both check every package against its hash."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    tools = VENV / "tools"
    uv = tools / "bin" / "uv"
    if not uv.exists():
        subprocess.run([*pip, "install", "--target", str(tools), f"uv=={UV_VERSION}"], check=False)
    if uv.exists():
        sync = [str(uv), "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), *files]
        if subprocess.run(sync, check=False, cwd=ROOT).returncode == 0:
            return
    print("uv could not install the packages; pip does it, more slowly…", flush=True)
    wanted = [argument for file in files for argument in ("-r", file)]
    result = subprocess.run([*pip, "install", "--require-hashes", *wanted], check=False, cwd=ROOT)
    if result.returncode:
        sys.exit("The packages could not be installed; see the messages above.")
