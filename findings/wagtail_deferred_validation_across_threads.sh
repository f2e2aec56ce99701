#!/usr/bin/env bash
# Wagtail 8.0.1: while one thread saves a draft, another's full validation accepts what is missing.
#
# A draft is saved with deferred validation: `Block.clean_deferred` makes the fields of blocks
# optional, cleans, and makes them required again. The blocks are those of the model's field, which
# all threads of a process share. One would expect it to hold for the form that asks for it. But a
# text that is submitted meanwhile in another thread, which is validated with `Block.clean`, may
# leave out required blocks, and is told nothing. (And once the first one is done, a draft that is
# still being cleaned is refused what it lacks.) It takes the time of one validation, which asks the
# database for each picture; editors save by themselves while they type.
#
# Output seen:
#   alone, an empty required block: refused
#   while another thread saves a draft: accepted
#   and after it: refused
#
# Remedy: validate forms with blocks one at a time within a process, for instance with a lock
# around the form's `full_clean`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet wagtail==8.0.1 Django==5.2.19

"$folder/venv/bin/python" - <<'PY' | tee "$folder/output"
from threading import Event, Thread

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=[
        *("django.contrib.contenttypes", "django.contrib.auth", "taggit", "modelsearch"),
        *("wagtail.users", "wagtail.images", "wagtail.admin", "wagtail"),
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    STATIC_URL="/static/",
    WAGTAIL_SITE_NAME="",
    USE_I18N=False,
)
django.setup()

from django.core.exceptions import ValidationError
from wagtail import blocks

begun, finished = Event(), Event()


class SlowBlock(blocks.CharBlock):
    """Takes its time, as one that asks the database does."""

    def clean(self, value):
        begun.set()
        finished.wait()
        return super().clean(value)


body = blocks.StreamBlock([("heading", blocks.CharBlock()), ("slow", SlowBlock())])
submitted = body.to_python([{"type": "heading", "value": ""}])
draft = body.to_python([{"type": "slow", "value": ""}])


def validate():
    try:
        body.clean(submitted)
    except ValidationError:
        return "refused"
    return "accepted"


print("alone, an empty required block:", validate())
saving = Thread(target=body.clean_deferred, args=(draft,))
saving.start()
begun.wait()
print("while another thread saves a draft:", validate())
finished.set()
saving.join()
print("and after it:", validate())
PY

diff "$folder/output" - <<'EXPECTED'
alone, an empty required block: refused
while another thread saves a draft: accepted
and after it: refused
EXPECTED
