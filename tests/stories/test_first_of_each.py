"""A page with several lists reads those few pieces, however many there are."""

from __future__ import annotations

from django.db.backends.postgresql.base import DatabaseWrapper

from stories.models import ContentPage, StoryPage


def test_postgresql_is_told_to_find_the_few_first() -> None:
    pieces = ContentPage.objects.newest_first()
    few = pieces.first_of_each(pieces[:3], pieces.of_type(StoryPage)[:2]).for_listing()
    connection = DatabaseWrapper({"OPTIONS": {}}, "nowhere")
    sql, _params = few.query.get_compiler(connection=connection).as_sql()
    assert '"stories_contentpage"."page_ptr_id" = ANY(ARRAY(' in sql
    assert sql.count("LIMIT") == 2
