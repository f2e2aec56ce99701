"""`manage.py check_index`: the index and the database are made to agree."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from modelsearch.conf import get_app_config
from wagtail.models import Page

from search.index_checking import Checked, difference, repair
from tests.search.articles import Article


def test_nothing_differs_after_indexing(add: Any, backend: Any) -> None:
    add("救护", "培训")
    assert len(difference(backend.get_index_for_model(Article), Article)) == 0


def test_what_is_missing_outdated_and_surplus_is_put_right(
    add: Any, backend: Any, find: Any
) -> None:
    index = backend.get_index_for_model(Article)
    assert isinstance(index, Checked)
    changed, gone, kept = add("救护甲"), add("救护乙"), add("救护丙")
    new = Article.objects.create(title="救护丁")
    Article.objects.filter(pk=changed.pk).update(title="献血甲")
    gone_id = str(gone.pk)
    Article.objects.filter(pk=gone.pk)._raw_delete("default")
    found = difference(index, Article)
    assert (found.missing, found.outdated, found.surplus) == (
        [str(new.pk)],
        [str(changed.pk)],
        [gone_id],
    )
    repair(index, Article, found)
    assert set(find("救护")) == {kept.title, new.title}
    assert find("献血") == ["献血甲"]
    assert len(difference(index, Article)) == 0


def test_the_command_says_what_differs_and_puts_it_right(backend: Any, root_pages: Any) -> None:
    call_command("update_index", stdout=StringIO())
    root_pages("救护", 2)
    page = Page.objects.get(title="救护0")
    entries = get_app_config().get_model("IndexEntry").objects
    entries.filter(object_id=str(page.pk)).delete()
    with pytest.raises(CommandError, match="1 entries differ"):
        call_command("check_index", dry_run=True, stdout=StringIO())
    out = StringIO()
    call_command("check_index", stdout=out)
    assert "wagtailcore.Page: 1 missing, 0 outdated, 0 surplus" in out.getvalue()
    assert backend.search("救护", Page).count() == 2
    call_command("check_index", dry_run=True, stdout=StringIO())
