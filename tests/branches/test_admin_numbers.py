"""Numbers that no row can have are not found, and break nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_admin, make_line, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [str(2**63), "99999999999999999999", "9" * 5000])
def test_numbers_beyond_all_rows_are_not_found(number: str) -> None:
    line = make_line()
    for user in (make_admin(), make_user(line.county)):
        client = Client()
        client.force_login(user)
        for address in (
            f"/admin/pages/{number}/",
            f"/admin/pages/{number}/edit/",
            f"/admin/choose-page/{number}/",
            f"/admin/choose-page/chosen-multiple/?id={number}",
            f"/admin/bulk/wagtailcore/page/delete/?id={number}",
            f"/admin/bulk/branches/branchimage/delete/?id={number}",
            f"/admin/images/{number}/",
        ):
            assert client.get(address).status_code == 404, address
