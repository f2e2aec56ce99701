"""Throttling of password resets: by address and by name, and silent about who has an account.

What is counted is what was typed, whether or not somebody has it, and the letter leaves after
the answer, so that neither words nor time tell. Counted in the cache, and not in the database as
failures to sign in are: where it is away, or each process has its own, more is let through, but
all that comes of it is letters to the one who owns the mailbox.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from branches import mail
from branches.accounts import password_link
from search.rates import count_up, network

HOUR = 3600
PER_NAME = 3
#: An office shares one address.
PER_ADDRESS = 10


def is_too_often(address: str, email: str) -> bool:
    """Count one reset asked for `email` from `address`, and tell whether that is one too many.

    What an address asks for beyond its own limit does not use up that of the name.
    """
    if count("address", network(address)) > PER_ADDRESS:
        return True
    return count("name", email.strip().casefold()) > PER_NAME


def count(kind: str, value: str) -> int:
    """How often there was `value` within the hour, which is kept as a keyed hash only."""
    key = salted_hmac("branches.resets", f"{kind} {value}").hexdigest()
    return count_up(f"password-reset-{key}", seconds=HOUR)


def send_links(email: str) -> None:
    """Send who signs in with the address `email` a link to set a new password."""
    for person in PasswordResetForm().get_users(email):
        context = {
            "person": person,
            "link": password_link(person),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "days": settings.PASSWORD_RESET_TIMEOUT // (24 * HOUR),
        }
        subject = _("重设密码：%(site)s") % {"site": settings.WAGTAIL_SITE_NAME}
        mail.send([person.email], subject, "password_reset", context)
