#!/usr/bin/env bash
# Django 5.2.19: a robust on_commit hook that is a functools.partial is not robust.
#
# transaction.on_commit(..., robust=True) is documented to log what a hook raises and to go on with
# the others. Where the hook has no __qualname__ (a partial, an object with __call__), the handler
# that is to log the error raises AttributeError itself, out of the atomic block that has already
# committed, and the hooks after it do not run.
#
# Output seen:
#   Django 5.2.19
#   function: committed 1, later hooks run: True, raised: None
#   partial: committed 2, later hooks run: False, raised: AttributeError: 'functools.partial' object has no attribute '__qualname__'
#
# Ends with an error as soon as that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Django==5.2.19
cat > "$folder/try.py" <<'PYTHON'
import functools
import logging

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    LOGGING_CONFIG=None,
)
logging.disable(logging.CRITICAL)
django.setup()
from django.db import connection, transaction

connection.cursor().execute("CREATE TABLE note (text TEXT)")


def fail(*args):
    raise LookupError("the letter was not sent")


def act(hook):
    """What an act with `hook` after it has come to."""
    later, raised = [], None
    try:
        with transaction.atomic():
            connection.cursor().execute("INSERT INTO note VALUES ('done')")
            transaction.on_commit(hook, robust=True)
            transaction.on_commit(lambda: later.append(True), robust=True)
    except Exception as error:
        raised = f"{type(error).__name__}: {error}"
    committed = connection.cursor().execute("SELECT COUNT(*) FROM note").fetchone()[0]
    return committed, bool(later), raised


print("Django", django.__version__)
seen = {"function": act(fail), "partial": act(functools.partial(fail, 1))}
for name, (committed, later, raised) in seen.items():
    print(f"{name}: committed {committed}, later hooks run: {later}, raised: {raised}")
assert seen["function"] == (1, True, None)
assert seen["partial"][:2] == (2, False)
assert seen["partial"][2].startswith("AttributeError")
PYTHON
"$folder/venv/bin/python" "$folder/try.py"
