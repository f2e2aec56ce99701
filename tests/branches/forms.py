"""What a browser sends from the editing form of a story."""

from __future__ import annotations

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from stories.models import Topic


def story_form(**values: Any) -> dict[str, Any]:
    """A complete form, with `values` for its fields; `blocks` are the body."""
    blocks = values.pop("blocks", [("text", "<p>正文</p>")])
    data = {
        "title": "新写的故事",
        "summary": "摘要",
        "kind": "activity",
        "date": "2026-11-23",
        "audience": "own",
        "body": streamfield([(k, rich_text(v) if k == "text" else v) for k, v in blocks]),
        "comments": inline_formset([]),
    }
    topics = list(Topic.objects.filter(slug="first-aid").values_list("pk", flat=True))
    return nested_form_data(data | values) | {"topics": topics}
