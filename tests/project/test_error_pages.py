"""What is refused is said in Chinese, on sheets that need no database, context or session."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

SAID = {
    "400.html": "这个请求看不懂",
    "403.html": "这里你进不去",
    "403_csrf.html": "页面放得太久了",
}


@pytest.mark.parametrize(("template", "said"), SAID.items())
def test_a_sheet_is_rendered_without_context(template: str, said: str) -> None:
    assert f"<h1>{said}</h1>" in render_to_string(template)


@pytest.mark.django_db
def test_a_stale_sign_in_is_told_to_open_the_page_again() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("wagtailadmin_login"), {})
    assert response.status_code == 403
    assert "页面放得太久了，请重新打开再试" in response.content.decode()
