from __future__ import annotations

from typing import Any

from django.db.models import Func


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
