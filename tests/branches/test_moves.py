"""A page that moves takes its address, its branch and its files along, and leaves a redirect."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from branches import clock
from branches.importing import import_branches
from branches.models import Branch, BranchPage, User
from stories.models import NewsSection, StoryPage, StorySection
from tests.branches.forms import story_form
from tests.branches.scene import WithPlainErrors
from tests.factories import (
    Line,
    branch_page,
    make_branch,
    make_line,
    make_piece,
    make_user,
    publish,
    section,
)


class Moves(WithPlainErrors):
    line: Line
    city_reviewer: User
    editor: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.line = make_line()
        cls.city_reviewer = make_user(cls.line.city, "reviewer")
        cls.editor = make_user(cls.line.county)

    def move(self, page: Page, target: Page, user: User | None = None) -> int:
        """Move by address. Returns the status."""
        client = Client()
        client.force_login(user or self.city_reviewer)
        with self.captureOnCommitCallbacks(execute=True):
            url = f"/admin/pages/{page.pk}/move/{target.pk}/confirm/"
            assert client.get(url).status_code in (200, 302, 404)
            return client.post(url).status_code

    def again(self, piece: StoryPage) -> StoryPage:
        return StoryPage.objects.get(pk=piece.pk)

    def assert_leads(self, old: str, new: str) -> None:
        response = Client().get(old)
        assert (response.status_code, response.get("Location")) == (301, new)
        assert Client().get(new).status_code == 200

    def found_in(self, branch: Branch, words: str) -> list[str]:
        pieces = StoryPage.objects.live().filter(branch=branch)
        return [piece.title for piece in pieces.search(words)]


class MovingAPiece(Moves):
    def test_address_branch_and_search_follow(self) -> None:
        piece = make_piece(self.line.county, owner=self.editor, title="雪夜救援")
        old = piece.url
        assert self.found_in(self.line.county, "雪夜救援") == ["雪夜救援"]
        assert self.move(piece, section(self.line.other_county)) == 302
        moved = self.again(piece)
        assert moved.branch == self.line.other_county
        assert moved.url.startswith("/changchun/yushu/stories/")
        self.assert_leads(old, moved.url)
        assert self.found_in(self.line.other_county, "雪夜救援") == ["雪夜救援"]
        assert self.found_in(self.line.county, "雪夜救援") == []

    def test_a_taken_number_gives_way_and_both_addresses_lead_here(self) -> None:
        there = make_piece(self.line.other_county)
        piece = make_piece(self.line.county)
        assert piece.slug == there.slug
        old = piece.url
        assert self.move(piece, section(self.line.other_county)) == 302
        moved = self.again(piece)
        assert moved.slug == f"{there.slug}-1"
        self.assert_leads(old, moved.url)
        assert Client().get(there.url).status_code == 200
        assert self.again(there).slug == there.slug

    def test_looking_at_the_question_changes_nothing(self) -> None:
        make_piece(self.line.other_county)
        piece = make_piece(self.line.county)
        self.client.force_login(self.city_reviewer)
        target = section(self.line.other_county)
        url = f"/admin/pages/{piece.pk}/move/{target.pk}/confirm/"
        assert self.client.get(url).status_code == 200
        assert self.again(piece).slug == piece.slug

    def test_an_old_draft_that_is_published_later_stands_where_the_page_stands(self) -> None:
        make_piece(self.line.other_county)
        piece = make_piece(self.line.county, title="第一稿")
        piece.title = "第二稿"
        old_draft = piece.save_revision(user=self.editor)
        self.move(piece, section(self.line.other_county))
        moved = self.again(piece)
        publish(Revision.objects.get(pk=old_draft.pk))
        published = self.again(piece)
        assert published.title == "第二稿"
        assert published.branch == self.line.other_county
        assert (published.slug, published.url) == (moved.slug, moved.url)
        assert Client().get(published.url).status_code == 200
        assert self.found_in(self.line.other_county, "第二稿") == ["第二稿"]
        assert self.found_in(self.line.county, "第二稿") == []

    def test_a_scheduled_text_appears_where_the_page_stands(self) -> None:
        make_piece(self.line.other_county)
        soon = timezone.now() + timedelta(hours=1)
        piece = make_piece(self.line.county, title="定时", go_live_at=soon)
        self.move(piece, section(self.line.other_county))
        revision = self.again(piece).scheduled_revision
        past = timezone.now() - timedelta(hours=1)
        revision.approved_go_live_at = past
        revision.content["go_live_at"] = past.isoformat()
        revision.save()
        clock.tick()
        published = self.again(piece)
        assert published.live
        assert published.branch == self.line.other_county
        assert published.url.startswith("/changchun/yushu/stories/")
        assert Client().get(published.url).status_code == 200

    def test_an_editor_there_goes_on_with_the_old_draft(self) -> None:
        make_piece(self.line.other_county)
        piece = make_piece(self.line.county)
        first = piece.latest_revision
        piece.title = "第二稿"
        piece.save_revision(user=self.editor)
        self.move(piece, section(self.line.other_county))
        slug = self.again(piece).slug
        here, there = Client(), Client()
        here.force_login(self.editor)
        there.force_login(make_user(self.line.other_county))
        edit, revert = f"/admin/pages/{piece.pk}/edit/", f"/admin/pages/{piece.pk}/revisions/"
        assert here.get(edit).status_code == 404
        assert there.get(edit).status_code == 200
        for url in (edit, f"{revert}{first.pk}/revert/"):
            assert there.post(url, story_form(title="接着写")).status_code == 302
        latest = self.again(piece).latest_revision.as_object()
        assert (latest.title, latest.slug) == ("接着写", slug)
        assert latest.branch == self.line.other_county

    def test_a_copy_belongs_to_where_it_is_put(self) -> None:
        piece = make_piece(self.line.county, title="原稿")
        self.client.force_login(self.city_reviewer)
        target = section(self.line.other_county)
        data = {"new_title": "副本", "new_slug": "20200101-7", "new_parent_page": target.pk}
        self.client.post(f"/admin/pages/{piece.pk}/copy/", data)
        copied = StoryPage.objects.get(title="副本")
        assert copied.branch == self.line.other_county
        publish(copied.latest_revision)
        published = self.again(copied)
        assert published.branch == self.line.other_county
        assert published.url == "/changchun/yushu/stories/20200101-7/"
        assert self.again(piece).branch == self.line.county
        assert self.found_in(self.line.other_county, "副本") == ["副本"]

    def test_what_somebody_wrote_stays_theirs(self) -> None:
        from branches.workflow import authors_of

        piece = make_piece(self.line.county, owner=self.editor, live=False)
        self.move(piece, section(self.line.other_county))
        assert authors_of(self.again(piece)) == {self.editor.pk}

    def test_a_move_into_what_is_not_the_own_is_refused(self) -> None:
        piece = make_piece(self.line.county, owner=self.editor)
        draft = make_piece(self.line.county, owner=self.editor, live=False)
        county_reviewer = make_user(self.line.county, "reviewer")
        for page in (piece, draft):
            before = self.again(page).path
            for user, target in (
                (self.city_reviewer, section(self.line.other_city)),
                (self.city_reviewer, section(self.line.province)),
                (self.city_reviewer, section(self.line.other_county, NewsSection)),
                (self.city_reviewer, branch_page(self.line.other_county)),
                (county_reviewer, section(self.line.other_county)),
                (self.editor, section(self.line.other_county)),
                (self.editor, section(self.line.county)),
            ):
                self.move(page, target, user)
                url = f"/admin/bulk/wagtailcore/page/move/?id={page.pk}"
                client = Client()
                client.force_login(user)
                client.post(url, {"chooser": target.pk})
                assert self.again(page).path == before

    def test_a_text_under_review_is_not_moved(self) -> None:
        piece = make_piece(self.line.county, owner=self.editor, live=False)
        piece.get_workflow().start(piece, self.editor)
        self.move(piece, section(self.line.other_county))
        assert self.again(piece).branch == self.line.county


class MovingABranch(Moves):
    """The county 农安县 goes over to 延边州, by a file that says so."""

    other_reviewer: User
    live: StoryPage
    draft: StoryPage

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.other_reviewer = make_user(cls.line.other_city, "reviewer")
        cls.live = make_piece(cls.line.county, title="公开的")
        cls.draft = make_piece(cls.line.county, title="草稿", live=False)

    def import_row(self, slug: str = "nongan", parent: str = "222400") -> None:
        header = "code,parent_code,level,division,name_zh,slug"
        row = f"220122,{parent},county,农安县,农安县红十字会,{slug}"
        with TemporaryDirectory() as folder, self.captureOnCommitCallbacks(execute=True):
            file = Path(folder, "branches.csv")
            file.write_text(f"{header}\n{row}\n", encoding="utf-8")
            import_branches(file)

    def test_pages_move_and_addresses_lead_there(self) -> None:
        self.import_row()
        page = branch_page(self.line.county)
        assert page.is_child_of(branch_page(self.line.other_city))
        assert page.url == "/yanbian/nongan/"
        self.assert_leads("/changchun/nongan/", "/yanbian/nongan/")
        self.assert_leads("/changchun/nongan/stories/", "/yanbian/nongan/stories/")
        self.assert_leads(self.live.url, self.again(self.live).url)
        assert self.again(self.live).url.startswith("/yanbian/nongan/stories/")
        assert self.again(self.draft).url_path.startswith("/jilin/yanbian/nongan/")

    def test_a_new_name_in_the_same_file_leads_there_too(self) -> None:
        self.import_row(slug="nongan-xian")
        self.assert_leads("/changchun/nongan/", "/yanbian/nongan-xian/")
        self.assert_leads("/changchun/nongan/stories/", "/yanbian/nongan-xian/stories/")
        self.assert_leads(self.live.url, self.again(self.live).url)
        assert self.again(self.live).url.startswith("/yanbian/nongan-xian/stories/")

    def test_a_new_address_name_alone_leads_there(self) -> None:
        self.import_row(slug="nongan-xian", parent="220100")
        self.assert_leads("/changchun/nongan/", "/changchun/nongan-xian/")
        self.assert_leads(self.live.url, self.again(self.live).url)

    def test_what_belongs_to_the_branch_goes_with_it(self) -> None:
        self.import_row()
        county = Branch.objects.get(pk=self.line.county.pk)
        assert county.lineage == "/220000/222400/220122/"
        city = Branch.objects.get(slug="yanbian")
        assert county.collection and county.media_collection and city.collection
        assert county.collection.is_child_of(city.collection)
        assert county.media_collection.is_child_of(county.collection)
        assert self.again(self.live).branch == county
        assert StorySection.objects.get(branch=county).is_child_of(branch_page(county))

    def test_rights_follow(self) -> None:
        edit = f"/admin/pages/{self.draft.pk}/edit/"
        old, new, own = Client(), Client(), Client()
        clients = ((old, self.city_reviewer), (new, self.other_reviewer), (own, self.editor))
        for client, user in clients:
            client.force_login(user)
        assert [client.get(edit).status_code for client in (old, new, own)] == [200, 404, 200]
        self.import_row()
        assert [client.get(edit).status_code for client in (old, new, own)] == [404, 200, 200]

    def test_the_review_goes_up_the_new_line(self) -> None:
        self.import_row()
        draft = self.again(self.draft)
        draft.get_workflow().start(draft, self.editor)
        step = draft.current_workflow_task_state
        assert step.task.specific.get_actions(draft, self.fresh(self.city_reviewer)) == []
        assert step.task.specific.get_actions(draft, self.fresh(self.other_reviewer)) != []

    def fresh(self, user: User) -> User:
        return User.objects.get(pk=user.pk)

    def test_an_old_draft_stands_at_the_new_address(self) -> None:
        revision = self.draft.latest_revision
        self.import_row(slug="nongan-xian")
        publish(Revision.objects.get(pk=revision.pk))
        published = self.again(self.draft)
        assert published.url.startswith("/yanbian/nongan-xian/stories/")
        assert Client().get(published.url).status_code == 200

    def test_a_whole_city_moves_with_its_counties(self) -> None:
        """A county becomes a city's: what stands below goes along, in every tree."""
        district = make_branch("erdao", self.line.city, division="二道区")
        piece = make_piece(district)
        old = piece.url
        self.line.city.slug = "changchun-shi"
        with self.captureOnCommitCallbacks(execute=True):
            self.save(self.line.city)
        self.assert_leads(old, self.again(piece).url)
        assert self.again(piece).url.startswith("/changchun-shi/erdao/stories/")

    def save(self, branch: Branch, **values: Any) -> BranchPage:
        from branches.provisioning import provision

        branch.save()
        return provision(branch)
