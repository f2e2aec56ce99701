"""Deployment check: nobody signs in with a password of the sample content, which is published.

(The accounts are read from the file: the app `sample` is not installed where this is asked.)
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import check_password
from django.core import checks

from branches.deployment_checks import ask_database
from branches.models import User

ACCOUNTS = Path(__file__).parents[1] / "sample" / "content" / "_accounts.toml"


@checks.register(checks.Tags.security, deploy=True)
def check_sample_accounts(**kwargs: Any) -> list[checks.CheckMessage]:
    names = ask_database(names_with_published_passwords)
    if not names:
        return []
    return [
        checks.Error(
            f"Accounts have the password of the sample content, which anybody can read: "
            f"{', '.join(names)}.",
            hint="Deactivate them, or run: manage.py changepassword NAME",
            id="home.E101",
        )
    ]


def names_with_published_passwords() -> list[str]:
    if not ACCOUNTS.exists():
        return []
    accounts = tomllib.loads(ACCOUNTS.read_text(encoding="utf-8"))["account"]
    published = {account["username"]: account["password"] for account in accounts}
    users = User.objects.filter(username__in=published, is_active=True).order_by("username")
    return [
        name
        for name, encoded in users.values_list("username", "password")
        if check_password(published[name], encoded)
    ]
