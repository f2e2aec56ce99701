"""What PostgreSQL is told, so that it reads few rows also while it has no statistics."""

from __future__ import annotations

from django.db.backends.postgresql.base import DatabaseWrapper

from stories.models import ContentPage, StoryPage
from stories.querysets import ContentPageQuerySet

POSTGRESQL = DatabaseWrapper({"OPTIONS": {}}, "nowhere")


def sql_of(pieces: ContentPageQuerySet) -> str:
    return str(pieces.query.get_compiler(connection=POSTGRESQL).as_sql()[0])


def test_the_few_of_several_lists_are_found_first() -> None:
    pieces = ContentPage.objects.newest_first()
    few = pieces.first_of_each(pieces[:3], pieces.of_type(StoryPage)[:2]).for_listing()
    sql = sql_of(few)
    assert '"stories_contentpage"."page_ptr_id" = ANY(ARRAY(' in sql
    assert sql.count("LIMIT") == 2


def test_restrictions_are_read_once_and_not_for_each_page() -> None:
    sql = sql_of(ContentPage.objects.readable())
    assert 'NOT ("wagtailcore_page"."path" LIKE ANY(ARRAY(SELECT' in sql
    assert "EXISTS" not in sql
