"""What docs/operations.md says of back-up and restoring is done here, command by command."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.project.programs import ROOT

CODE = ("branches", "home", "search", "site", "stories", "manage.py")
FILL = """
from tests.factories import *
line = make_line()
make_user(line.county, username="nongan")
make_piece(line.county, title="雪夜里的担架", lead_image=make_image(line.county))
"""
LOOK = r"""
import json, re
from django.conf import settings
from django.test import Client
reader = Client(HTTP_HOST="127.0.0.1")
list_of_stories = reader.get("/changchun/nongan/stories/").content.decode()
address = re.search(r'href="(/changchun/nongan/stories/\d+[^"]*)"', list_of_stories)[1]
page = reader.get(address).content.decode()
picture = re.search(r'<img[^>]* src="(/media/[^"]+)"', page)[1]
answer = reader.get(picture)
found = reader.get("/search/?q=担架").content.decode()
form = {"username": "nongan", "password": "secret"}
print(json.dumps({
    "name": settings.SITE_NAME,
    "text": "雪夜里的担架" in page,
    "picture": len(b"".join(answer)) > 100,
    "found": "雪夜里的担架" in re.sub("<[^>]*>", "", found),
    "signs in": reader.post("/admin/login/", form).status_code,
}))
"""
ALL_THERE = {
    "name": "某省红十字会",
    "text": True,
    "picture": True,
    "found": True,
    "signs in": 302,
}


class Machine:
    """A folder with the code of the site, and nothing else of it."""

    def __init__(self, folder: Path, backup: Path, database: str = "") -> None:
        self.folder, self.backup = folder, backup
        folder.mkdir()
        for name in CODE:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, folder / name)
        self.environment = {
            "PATH": f"{postgres_programs()}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "DEBUG": "false",
            **({"DATABASE_URL": database} if database else {}),
        }

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, program: str) -> str:
        return self.run(sys.executable, "manage.py", "shell", "--no-imports", "-c", program)

    def follow(self, heading: str) -> None:
        """Do what stands under `heading`, with the folders of this test."""
        commands = re.sub(r"/srv/backup/.*", str(self.backup), written_under(heading))
        commands = commands.replace(".venv/bin/python", sys.executable)
        self.run("bash", "-euc", commands)


def written_under(heading: str) -> str:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    section = text.partition(f"### {heading}\n")[2]
    return section.partition("```sh\n")[2].partition("```")[0]


def postgres_programs() -> str:
    return str(max(Path("/usr/lib/postgresql").glob("*/bin"), default=""))


def save_destroy_and_restore(tmp_path: Path, kind: str, *databases: str) -> dict[str, Any]:
    before, after = databases or ("", "")
    old = Machine(tmp_path / "old", tmp_path / "backup", before)
    (old.folder / ".env").write_text(f"SITE_NAME={ALL_THERE['name']}\n", encoding="utf-8")
    old.run(sys.executable, "manage.py", "migrate", "--verbosity=0")
    old.python(FILL)
    old.follow(f"Saving, with {kind}")
    shutil.rmtree(old.folder)
    new = Machine(tmp_path / "new", tmp_path / "backup", after)
    new.follow(f"Restoring, with {kind}")
    return dict(json.loads(new.python(LOOK)))


def test_a_site_on_sqlite_is_saved_and_restored(tmp_path: Path) -> None:
    assert save_destroy_and_restore(tmp_path, "SQLite") == ALL_THERE


@pytest.mark.server
def test_a_site_on_postgresql_is_saved_and_restored(tmp_path: Path, postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as server:
        for name in ("saved", "restored"):
            server.execute(f"CREATE DATABASE {name}".encode())
    urls = [f"{postgres_url.rpartition('/')[0]}/{name}" for name in ("saved", "restored")]
    assert save_destroy_and_restore(tmp_path, "PostgreSQL", *urls) == ALL_THERE
