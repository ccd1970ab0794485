"""Runs a program within bounds: `python bounds.py SECONDS MEGABYTES program.py argument...`"""

import runpy
import sys


def bind(seconds: int, megabytes: int) -> None:
    """No more processor time and no more memory than this. Where a system knows no such bounds there are none."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for which, bound in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, megabytes * 1024 * 1024)):
        hardest = resource.getrlimit(which)[1]
        wanted = bound if hardest == resource.RLIM_INFINITY else min(bound, hardest)
        try:
            resource.setrlimit(which, (wanted, hardest))
        except (ValueError, OSError):  # macOS keeps no bound of memory
            continue


if __name__ == "__main__":
    bind(int(sys.argv[1]), int(sys.argv[2]))
    program, sys.argv = sys.argv[3], sys.argv[3:]
    runpy.run_path(program, run_name="__main__")
