"""Doors to the tree that provisioning made, and the rights that open them."""

from __future__ import annotations

from wagtail.models import GroupPagePermission, Page

from branches.models import BranchTreePage, ServicesPage, User
from stories.models import (
    AboutPage,
    ExplainerSection,
    NewsPage,
    NewsSection,
    StorySection,
)
from tests.branches.doors import Doors
from tests.branches.forms import story_form
from tests.factories import branch_page, section


class WhatProvisioningMade(Doors):
    """Sections and branch pages: changed by nobody by address."""

    def made(self) -> list[BranchTreePage]:
        line = self.line
        models = (StorySection, NewsSection, ExplainerSection, ServicesPage)
        return [branch_page(line.county), *(section(line.county, model) for model in models)]

    def test_nobody_edits_moves_copies_or_deletes_them(self) -> None:
        before = list(Page.objects.order_by("path").values_list("pk", "path", "title", "slug"))
        target = branch_page(self.line.other_county)
        for client in self.everybody():
            for page in (*self.made(), section(self.line.county, AboutPage)):
                at = f"/admin/pages/{page.pk}"
                client.post(f"{at}/move/{target.pk}/confirm/")
                client.post(f"{at}/delete/")
                client.post(f"{at}/unpublish/")
                copied = {"new_title": "副本", "new_slug": "x", "new_parent_page": target.pk}
                client.post(f"{at}/copy/", copied)
                client.post(f"{at}/privacy/", {"restriction_type": "login"})
                client.post(f"{at}/lock/")
                client.post(f"/admin/pages/{page.pk}/set_position/?position=0")
                for action in ("delete", "move", "unpublish"):
                    url = f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}"
                    client.post(url, {"chooser": target.pk})
        assert (
            list(Page.objects.order_by("path").values_list("pk", "path", "title", "slug")) == before
        )
        assert not Page.objects.filter(locked=True).exists()
        assert not Page.objects.not_public().exists()

    def test_nobody_edits_those_that_have_no_text(self) -> None:
        for client in self.everybody():
            for page in self.made():
                response = client.get(f"/admin/pages/{page.pk}/edit/")
                assert response.status_code in (302, 404)
                client.post(f"/admin/pages/{page.pk}/edit/", {"title": "改名", "slug": "x"})
        assert not Page.objects.filter(draft_title="改名").exists()

    def test_no_page_is_made_where_it_does_not_belong(self) -> None:
        county = self.line.county
        places = (
            branch_page(county),
            section(county, NewsSection),
            section(county, AboutPage),
            section(county, ServicesPage),
            self.live,
            Page.get_first_root_node(),
        )
        before = Page.objects.count()
        for client in self.everybody():
            for place in places:
                url = f"/admin/pages/add/stories/storypage/{place.pk}/"
                assert client.post(url, story_form()).status_code in (302, 404)
            for app, model in (
                ("branches", "branchpage"),
                ("branches", "servicespage"),
                ("stories", "storysection"),
                ("stories", "aboutpage"),
                ("stories", "contentpage"),
                ("wagtailcore", "page"),
            ):
                for place in (*places, self.stories):
                    url = f"/admin/pages/add/{app}/{model}/{place.pk}/"
                    assert client.post(url, story_form(slug="x")).status_code in (302, 404)
        assert Page.objects.count() == before

    def test_a_piece_is_not_moved_or_copied_where_it_does_not_belong(self) -> None:
        county = self.line.county
        for client in self.everybody():
            for place in (section(county, NewsSection), branch_page(county), self.live):
                client.post(f"/admin/pages/{self.draft.pk}/move/{place.pk}/confirm/")
                copied = {"new_title": "副本", "new_slug": "x", "new_parent_page": place.pk}
                client.post(f"/admin/pages/{self.draft.pk}/copy/", copied)
        assert self.again(self.draft).is_child_of(self.stories)
        assert not Page.objects.filter(title="副本").exists()
        assert not NewsPage.objects.exists()


class Rights(Doors):
    def test_no_group_holds_more_than_adding_and_changing(self) -> None:
        held = set(GroupPagePermission.objects.values_list("permission__codename", flat=True))
        assert held == {"add_page", "change_page"}

    def test_no_user_holds_a_right_besides_the_groups(self) -> None:
        assert not User.objects.exclude(user_permissions=None).exists()
