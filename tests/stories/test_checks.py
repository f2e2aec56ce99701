from __future__ import annotations

from django.core.checks import run_checks
from django.test import override_settings

ANOTHER = {"default": {"WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea"}}


def told() -> set[str]:
    return {str(each.id) for each in run_checks() if str(each.id).startswith("stories.")}


def test_another_editor_is_told() -> None:
    assert told() == set()
    for editors in (ANOTHER, {}):
        with override_settings(WAGTAILADMIN_RICH_TEXT_EDITORS=editors):
            assert told() == {"stories.W001"}
