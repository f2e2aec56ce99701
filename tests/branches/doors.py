"""Doors to publishing, each tried by everybody: nothing is public without others' approval."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client

from branches.models import SectionPage, User
from stories.models import StoryPage
from tests.branches.scene import WithPlainErrors
from tests.factories import Line, make_admin, make_line, make_piece, make_user, section

PUBLISH = {"action-publish": "action-publish"}
SUBMIT = {"action-submit": "action-submit"}


class Doors(WithPlainErrors):
    line: Line
    people: dict[str, User]
    draft: StoryPage
    live: StoryPage
    stories: SectionPage

    @classmethod
    def setUpTestData(cls) -> None:
        cls.line = make_line()
        cls.people = {
            "editor": make_user(cls.line.county),
            "reviewer of the branch": make_user(cls.line.county, "reviewer"),
            "city reviewer": make_user(cls.line.city, "reviewer"),
            "provincial moderator": make_user(cls.line.province, "reviewer"),
            "administrator": make_admin(),
        }
        cls.draft = make_piece(cls.line.county, owner=cls.people["editor"], live=False)
        cls.live = make_piece(cls.line.county, owner=cls.people["editor"], title="公开的题目")
        cls.stories = section(cls.line.county)

    def everybody(self) -> Iterator[Client]:
        """A client for each role, from the editor to the administrator."""
        for user in self.people.values():
            client = Client()
            client.force_login(user)
            yield client

    def client_of(self, role: str) -> Client:
        client = Client()
        client.force_login(self.people[role])
        return client

    def again(self, piece: StoryPage) -> StoryPage:
        return StoryPage.objects.get(pk=piece.pk)

    def live_titles(self) -> set[str]:
        return set(StoryPage.objects.live().values_list("title", flat=True))
