"""`python -m portal.bench.crowd NAME SIZE ADDRESS`, in the environment of the portal that is measured; a JSON line a figure."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from portal.bench.crowd import submitting, writing  # noqa: E402  after Django is set up

CROWDS = {"deadline": submitting.submit_all, "autosave": writing.type_all}

if __name__ == "__main__":
    name, size, address = sys.argv[1:]
    for figure in CROWDS[name](int(size), address):
        sys.stdout.write(json.dumps(figure) + "\n")
        sys.stdout.flush()
