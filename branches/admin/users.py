"""Wagtail's screens for users, where a Chinese name is found as it is written: as one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.users.views import users

from branches.members import people_like


class IndexView(users.IndexView):
    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        return queryset.filter(pk__in=people_like(self.search_query))


class UserViewSet(users.UserViewSet):
    index_view_class = IndexView
