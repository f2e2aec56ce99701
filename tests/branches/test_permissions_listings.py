"""No list, search, chooser or report of the admin names what is no business of who looks."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from branches.models import User
from stories.models import StorySection
from tests.branches.scene import SECRET, Scene, WithPlainErrors, make_scene
from tests.branches.test_permissions_addresses import (
    addresses,
    is_refused,
    state_of_things,
    text_of,
)
from tests.factories import branch_page, make_piece, make_user, section

#: Listings of which also a search is asked.
SEARCHED = ("index", "index_results", "listing", "search", "search_results", "choose_results")
CLOSED = (
    "wagtailadmin_collections:",
    "wagtailadmin_workflows:",
    "wagtailusers_groups:",
    "wagtail_localize:",
    "wagtailadmin_tag_",
)
NOT_LISTINGS = {"wagtailadmin_error_test", "wagtailadmin_logout", "wagtailadmin_sprite"}


class Listings(WithPlainErrors):
    scene: Scene

    @classmethod
    def setUpTestData(cls) -> None:
        cls.scene = make_scene()

    def client_of(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def listings(self) -> Iterator[str]:
        """Every address of the admin that names nothing, and those that name a type or a place."""
        for address in addresses():
            if not address.arguments and address.name not in NOT_LISTINGS:
                yield reverse(address.name)
                if address.name.split(":")[-1].endswith(SEARCHED):
                    yield f"{reverse(address.name)}?q={SECRET}"
        yield reverse("wagtailadmin_pages:choose_parent", args=("stories", "storypage"))
        for name in ("type_use", "type_use_results"):
            url = reverse(f"wagtailadmin_pages:{name}", args=("stories", "storypage"))
            yield from (url, f"{url}?q={SECRET}")
        for page in (Page.get_first_root_node(), branch_page(self.scene.line.city)):
            yield reverse("wagtailadmin_choose_page_child", args=(page.pk,))
            yield f"{reverse('wagtailadmin_explore', args=(page.pk,))}?q={SECRET}&search_all=1"
            yield f"{reverse('wagtailadmin_explore', args=(page.pk,))}?owner=1"

    def leaks_to(self, user: User) -> list[str]:
        client = self.client_of(user)
        leaks = []
        for url in self.listings():
            if self.names_theirs(text_of(client.get(url)), searched=f"?q={SECRET}" in url):
                leaks.append(url)
        return leaks

    def names_theirs(self, text: str, *, searched: bool) -> bool:
        """Whether a title, name or file of theirs is in `text`, besides the words searched for."""
        titles = ("的草稿", "的送审稿", "的定时稿", "的新标题", "的图片", "的文件")
        if any(f"{SECRET}{title}" in text for title in titles) or "their-" in text:
            return True
        return SECRET in text and not searched

    def test_no_listing_names_what_is_theirs(self) -> None:
        leaks = [
            f"{who}: {leak}"
            for who in (
                "editor of a county",
                "editor of the city above",
                "member of two other branches",
            )
            for leak in self.leaks_to(self.scene.outsiders[who])
        ]
        assert not leaks, "\n".join(leaks)

    def test_who_may_finds_it(self) -> None:
        """The guard: a listing that finds nothing for anybody would pass as well."""
        theirs = section(self.scene.theirs.branch)
        listings = (
            f"/admin/pages/{theirs.pk}/",
            f"/admin/pages/search/?q={SECRET}",
            "/admin/pages/usage/stories/storypage/",
            "/admin/images/",
            "/admin/images/chooser/results/",
            "/admin/documents/",
            "/admin/documents/chooser/results/",
            "/admin/api/main/images/",
            "/admin/api/main/documents/",
        )
        client = self.client_of(self.scene.city_reviewer)
        assert [url for url in listings if SECRET not in text_of(client.get(url))] == []
        client = self.client_of(self.scene.admin)
        reports = ("/admin/reports/site-history/", "/admin/reports/workflow/")
        assert [url for url in reports if SECRET not in text_of(client.get(url))] == []

    def test_reports_are_for_the_province_only(self) -> None:
        reports = [a for a in addresses() if a.name.startswith("wagtailadmin_reports:")]
        assert len(reports) > 10
        moderator = make_user(self.scene.line.province, "reviewer")
        for user, status in ((self.scene.city_reviewer, 404), (moderator, 200)):
            client = self.client_of(user)
            report = reverse("wagtailadmin_reports:aging_pages")
            assert client.get(report).status_code == status
        client = self.client_of(self.scene.city_reviewer)
        assert all(client.get(reverse(a.name)).status_code == 404 for a in reports)

    def test_people_and_settings_are_closed(self) -> None:
        """Accounts, sites, languages, redirects and settings are an administrator's."""
        spaces = ("wagtailusers_users:", "wagtailsites:", "wagtaillocales:", "wagtailredirects:")
        for user in (self.scene.city_reviewer, self.scene.outsiders["editor of a county"]):
            client = self.client_of(user)
            for address in addresses():
                if address.name.startswith(spaces):
                    arguments = dict.fromkeys(address.arguments, user.pk)
                    url = reverse(address.name, kwargs=arguments)
                    assert is_refused(client.get(url)), url
                    assert is_refused(client.post(url)), url

    def test_what_opens_doors_around_the_review_is_closed_to_all(self) -> None:
        client = self.client_of(self.scene.admin)
        for address in addresses():
            if address.name.startswith(CLOSED):
                url = reverse(address.name, kwargs=dict.fromkeys(address.arguments, 1))
                expected = 200 if address.name == "wagtail_localize:javascript_catalog" else 404
                assert client.get(url).status_code == expected, url

    def test_nobody_sets_tags_which_everybody_would_see(self) -> None:
        client = self.client_of(self.scene.admin)
        theirs = self.scene.theirs
        for url in (
            f"/admin/images/{theirs.image.pk}/",
            f"/admin/documents/edit/{theirs.document.pk}/",
        ):
            assert 'name="tags"' not in text_of(client.get(url))
        url = f"/admin/bulk/branches/branchimage/add_tags/?id={theirs.image.pk}"
        assert client.post(url, {"tags": SECRET}).status_code == 404

    def test_bulk_actions_do_not_name_what_they_refuse(self) -> None:
        before = state_of_things()
        theirs = self.scene.theirs
        for who in ("editor of a county", "reviewer of a county", "editor of the city above"):
            client = self.client_of(self.scene.outsiders[who])
            for action in ("delete", "move", "publish", "unpublish"):
                for page in theirs.pieces:
                    ids = f"?id={page.pk}&id={self.scene.mine.pk}"
                    url = f"/admin/bulk/wagtailcore/page/{action}/{ids}"
                    target = section(self.scene.line.county).pk
                    assert client.get(url).status_code == 404
                    assert client.post(url, {"chooser": target}).status_code == 404
            for action in ("delete", "assign_role", "set_active_state"):
                url = f"/admin/bulk/branches/user/{action}/?id={theirs.editor.pk}"
                role = {"role": theirs.branch.editors_id, "mark_as_active": ""}
                assert is_refused(client.get(url))
                assert is_refused(client.post(url, role))
        assert state_of_things() == before

    def test_nobody_gives_groups_by_hand(self) -> None:
        client = self.client_of(self.scene.admin)
        url = f"/admin/bulk/branches/user/assign_role/?id={self.scene.city_reviewer.pk}"
        assert client.post(url, {"role": self.scene.theirs.branch.editors_id}).status_code == 404


class PageChooser(WithPlainErrors):
    """Offers the live pages of the own scope, and the way there."""

    scene: Scene
    my_live: Page
    province_live: Page

    @classmethod
    def setUpTestData(cls) -> None:
        cls.scene = make_scene()
        cls.my_live = make_piece(cls.scene.line.county, title="我们公开的稿件")
        cls.province_live = make_piece(cls.scene.line.province, title="省里公开的稿件")

    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.scene.outsiders["editor of a county"])

    def browse(self, page: Page) -> str:
        return self.client.get(f"/admin/choose-page/{page.pk}/").json()["html"]

    def test_browsing_leads_down_to_the_own_branch_alone(self) -> None:
        line = self.scene.line
        root = self.client.get("/admin/choose-page/").json()["html"]
        assert "吉林省" in root
        assert "长春市" in self.browse(branch_page(line.province))
        assert "延边" not in self.browse(branch_page(line.province))
        assert "农安县" in self.browse(branch_page(line.city))
        assert "榆树市" not in self.browse(branch_page(line.city))
        own = self.browse(section(line.county))
        assert "我们公开的稿件" in own
        assert self.scene.mine.title not in own
        for closed in (section(line.other_county), section(line.city), self.scene.theirs.live):
            assert self.client.get(f"/admin/choose-page/{closed.pk}/").status_code == 404

    def test_searching_finds_the_own_live_pages_alone(self) -> None:
        found = text_of(self.client.get("/admin/choose-page/search/?q=公开的稿件"))
        assert "我们公开的稿件" in found
        assert "省里公开的稿件" not in found
        assert "已经公开的稿件" not in found
        assert SECRET not in found

    def test_a_key_gives_nothing_of_others(self) -> None:
        url = "/admin/choose-page/chosen-multiple/"
        assert self.client.get(f"{url}?id={self.my_live.pk}").status_code == 200
        for page in self.scene.theirs.pieces:
            assert self.client.get(f"{url}?id={page.pk}").status_code == 404
            assert self.client.get(f"{url}?id={self.my_live.pk}&id={page.pk}").status_code == 404

    def test_a_destination_is_found_by_who_moves(self) -> None:
        self.client.force_login(self.scene.city_reviewer)
        target = section(self.scene.line.other_county, StorySection)
        html = self.client.get(
            f"/admin/choose-page/{branch_page(self.scene.line.other_county).pk}/"
            f"?user_perms=move_to&target_pages[]={self.scene.mine.pk}"
            "&page_type=stories.StorySection"
        ).json()["html"]
        assert f'data-id="{target.pk}"' in html
