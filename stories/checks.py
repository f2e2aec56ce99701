"""System check: the editor of texts is ours."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

EDITOR = "stories.rich_text.RichTextArea"


@checks.register()
def check_editor(**kwargs: Any) -> list[checks.CheckMessage]:
    """Wagtail's own loses what is pasted as a table, and cannot open markup that is broken."""
    editors = getattr(settings, "WAGTAILADMIN_RICH_TEXT_EDITORS", {})
    if editors.get("default", {}).get("WIDGET") == EDITOR:
        return []
    hint = f'Set WAGTAILADMIN_RICH_TEXT_EDITORS = {{"default": {{"WIDGET": "{EDITOR}"}}}}.'
    return [checks.Warning("Texts are written in another editor.", hint=hint, id="stories.W001")]
