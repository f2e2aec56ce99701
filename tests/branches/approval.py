"""The moment before the last decision on a piece, and what came of it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from modelsearch.backends import get_search_backend

from branches.review_queue import version_of
from search.models import Suggestion
from stories.models import StoryPage
from tests.factories import make_line, make_piece, make_user


class Approval:
    """A story of the county before its last decision."""

    def __init__(self, title: str = "雪夜") -> None:
        self.line = make_line()
        self.authors = [make_user(self.line.county), make_user(self.line.county)]
        self.piece: StoryPage = make_piece(
            self.line.county, owner=self.authors[0], live=False, title=title
        )
        self.piece.get_workflow().start(self.piece, self.authors[1])
        get_search_backend().delete(self.piece)  # drafts are indexed too, for the CMS
        self.client = Client(raise_request_exception=False)
        self.client.force_login(make_user(self.line.province, "reviewer"))

    def give(self) -> Any:
        state = self.piece.current_workflow_task_state
        data = {"version": version_of(state.workflow_state.content_object), "action": "approve"}
        return self.client.post(reverse("branches_review:piece", args=(state.pk,)), data)

    def is_done(self) -> bool:
        page = StoryPage.objects.get(pk=self.piece.pk)
        return page.live and Client().get(page.url).status_code == 200

    def suggested(self) -> bool:
        return Suggestion.objects.filter(reference=str(self.piece.pk)).exists()

    def indexed(self) -> bool:
        return list(StoryPage.objects.search(self.piece.title)) == [self.piece]
