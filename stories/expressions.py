from __future__ import annotations

from typing import Any

from django.db.models import Func
from django.db.models.lookups import In


class NotByIndex(Func):
    """A column that SQLite shall not look up by its index, because nearly all rows share a value.

    Without statistics it takes any index for a good one, and so reads and sorts every piece of a
    language to find the newest three. The unary plus is its own idiom for this:
    https://www.sqlite.org/optoverview.html#uplus
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="+%(expressions)s", **context)


class InFew(In):
    """`IN` a subquery with few rows, which PostgreSQL runs first, and then reads by key.

    It may plan a plain `IN` as one of the joins of a query; where there are more than eight of
    these (``join_collapse_limit``), in the order in which they are written: all tables are then
    read whole and joined before the first row is left out.
    """

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, column_params = self.process_lhs(compiler, connection)
        rows, params = self.process_rhs(compiler, connection)
        return f"{column} = ANY(ARRAY{rows})", (*column_params, *params)
