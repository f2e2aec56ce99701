"""What a browser sends from the editing form of a story."""

from __future__ import annotations

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from stories.models import Topic


def story_form(**values: Any) -> dict[str, Any]:
    """A complete form, with `values` for its fields; `text` is the body."""
    text = values.pop("text", "正文")
    data = {
        "title": "新写的故事",
        "summary": "摘要",
        "kind": "activity",
        "date": "2026-11-23",
        "audience": "own",
        "body": streamfield([("text", rich_text(f"<p>{text}</p>"))]),
        "comments": inline_formset([]),
    }
    topics = list(Topic.objects.filter(slug="first-aid").values_list("pk", flat=True))
    return nested_form_data(data | values) | {"topics": topics}
