"""Numbers as officers write them, and what a telephone dials for them."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from branches.models import Branch
from branches.templatetags.telephone import dialled


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0431-88610000", "043188610000"),
        ("0000-5559524（示例）", "00005559524"),
        ("0431-88610000 转 801", "043188610000"),
        ("0431-88610000转801", "043188610000"),
        ("0431-88610000、88610001", "043188610000"),
        ("0431-88610000（8楼）", "043188610000"),
        ("（0431）8861 0000", "043188610000"),
        ("＋86 431 8861 0000", "+8643188610000"),
        ("０４３１－８８６１００００", "043188610000"),
        ("0431—88610000", "043188610000"),
        ("12345", "12345"),
        ("1234", ""),
        ("120 或 999", ""),
        ("见公众号 0431-88610000", ""),
        ("88610000 88610001 88610002", ""),
        ("", ""),
    ],
)
def test_what_is_dialled(written: str, number: str) -> None:
    assert dialled(written) == number


def test_contacts_link_what_can_be_dialled() -> None:
    branch = Branch(phone="0000-5559524（<示例>）", officer="张三", officer_phone="见上")
    shown = render_to_string("includes/contacts.html", {"branch": branch})
    assert '<a href="tel:00005559524">0000-5559524（&lt;示例&gt;）</a>' in shown
    assert shown.count("tel:") == 1
    assert "见上" in shown
