from __future__ import annotations

from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Subquery,
    Value,
)
from django.db.models.functions import Concat
from wagtail.models import PageViewRestriction


class IsRestricted(Func):
    """Whether a page, or one above it, has a view restriction; for querysets of pages.

    SQLite asks so of each page that it comes to. PostgreSQL may make a join of that, and read all
    pages anew for each page; so it gets the few paths first, as an array. (A path has no character
    that means something in a pattern.)
    """

    output_field = BooleanField()

    def __init__(self) -> None:
        restrictions = PageViewRestriction.objects.order_by()
        path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        of_page = restrictions.annotate(of=path).filter(of__startswith=F("page__path"))
        patterns = restrictions.values(pattern=Concat("page__path", Value("%")))
        super().__init__(F("path"), Subquery(patterns), Exists(of_page))

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **context: Any) -> tuple[str, Any]:
        _path, _patterns, of_page = self.get_source_expressions()
        return compiler.compile(of_page)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        path, patterns, _of_page = self.get_source_expressions()
        column, column_params = compiler.compile(path)
        rows, params = compiler.compile(patterns)
        return f"{column} LIKE ANY(ARRAY{rows})", (*column_params, *params)
