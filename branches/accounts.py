"""How somebody gets into a new account, by a link that works once, and out of one everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from branches import mail
from search.side_effects import after_commit

if TYPE_CHECKING:
    from branches.models.user import User


def password_link(person: User) -> str:
    """The address at which `person` sets a password: once, within ``PASSWORD_RESET_TIMEOUT``."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    path = reverse("wagtailadmin_password_reset_confirm", args=(key, token))
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def invite(person: User) -> None:
    """Send `person` the link, when the transaction is through."""
    context = {
        "person": person,
        "link": password_link(person),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
    }
    subject = _("请设置密码：%(site)s") % {"site": settings.WAGTAIL_SITE_NAME}
    name = f"inviting {person.pk}"
    after_commit(name, mail.send, [person.email], subject, "invitation", context)


def end_sessions(person: User) -> None:
    """Sign `person` out wherever they are signed in, for good: also once the account is back."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()
