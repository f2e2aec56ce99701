from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/branches/", "/feed/", "/topics/blood/", "/sitemap.xml"])
def test_a_site_without_any_branch_says_that_nothing_is_there(path: str) -> None:
    assert Client().get(path).status_code == 404
