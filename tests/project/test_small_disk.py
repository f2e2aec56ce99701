"""On a disk that is really full: said in words, nothing half, and readers go on reading."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.programs import ROOT

pytestmark = pytest.mark.server

#: A file system of its own for the length of this program, which ends with it.
MOUNT = 'mount -t tmpfs -o size=24m tmpfs "$1" && shift && exec "$@"'
COMMANDS = """
set -u
"$0" manage.py migrate --no-input --verbosity=0 || exit 1
"$0" manage.py shell --no-imports -c "$TRY" || exit 1
for command in update_index sync_sections; do
  "$0" manage.py $command --verbosity=0 >&2
  echo $?
done
rm "$DISK/filler"
"$0" manage.py check_index >&2
"""
TRY = """
import json, logging, os
from io import BytesIO
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image
from wagtail.models import Page, Revision
from branches import disk_full
from branches.models import BranchDocument, BranchImage
from tests.branches.forms import story_form
from tests.factories import *

logging.disable(logging.CRITICAL)
line = make_line()
make_piece(line.county, title="雪夜里的担架")
call_command("update_index", verbosity=0)
officer = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
officer.force_login(make_user(line.county))
disk = Path(os.environ["DISK"])
disk_full.RESERVED = -(10**12)  # as if the last room had gone in between

def fill():
    with open(disk / "filler", "ab", buffering=0) as file:
        for size in (2**20, 2**12, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass

def noise():
    buffer = BytesIO()
    Image.effect_noise((800, 600), 80).convert("RGB").save(buffer, "JPEG", quality=95)
    return buffer.getvalue()

def there():
    files = sorted(str(path) for path in (disk / "media").rglob("*") if path.is_file())
    models = (BranchImage, BranchDocument, Page, Revision)
    return [files, *(model.objects.count() for model in models)]

def post(address, **form):
    form["collection"] = line.county.media_collection.pk
    answer = officer.post(address, form)
    return [answer.status_code, "服务器的磁盘满了" in answer.content.decode()]

fill()
before = there()
picture = SimpleUploadedFile("p.jpg", noise(), "image/jpeg")
paper = SimpleUploadedFile("p.pdf", b"%PDF" + noise())
writing = f"/admin/pages/add/stories/storypage/{section(line.county).pk}/"
print(json.dumps([
    post("/admin/images/add/", title="图", description="雪", file=picture),
    post("/admin/documents/add/", title="表", file=paper),
    post(writing, **story_form(title="新", text="文" * 200_000)),
]))
print(json.dumps([
    there() == before,
    Client(HTTP_HOST="127.0.0.1").get("/changchun/nongan/stories/").status_code,
    "雪夜里的担架" in Client(HTTP_HOST="127.0.0.1").get("/search/?q=担架").content.decode()
        .replace("<mark>", "").replace("</mark>", ""),
]))
"""


def test_a_full_disk(tmp_path: Path) -> None:
    as_root = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]
    done = subprocess.run(
        [*as_root, "bash", "-c", MOUNT, "mount", tmp_path, "bash", "-c", COMMANDS, sys.executable],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "ENV_FILE": os.devnull,
            "DEBUG": "false",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
            "MEDIA_ROOT": str(tmp_path / "media"),
            "DISK": str(tmp_path),
            "TRY": TRY,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers, after, *commands = done.stdout.splitlines()
    assert json.loads(answers) == [[507, True]] * 3
    assert json.loads(after) == [True, 200, True]
    assert commands[0] == "1"
    assert "The disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert "0 entries put right" in done.stdout + done.stderr
