"""One action makes what a branch needs: all of it or nothing, and again changes nothing."""

from __future__ import annotations

from io import StringIO
from unittest import mock

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from wagtail.models import Collection, Page, Site, WorkflowPage

from branches import sections
from branches.models import Branch, BranchPage, Membership, SectionPage
from branches.provisioning import provision, provision_all
from branches.reserved import reserved_slugs
from stories.models import NewsSection, StorySection
from tests.branches.scene import make_locale
from tests.branches.test_import import everything
from tests.factories import Line, branch_page, make_branch, make_line, make_user, section

pytestmark = pytest.mark.django_db

SECTIONS = ["stories", "news", "explainers", "services", "about"]


@pytest.fixture
def line() -> Line:
    return make_line()


class WithLine(TestCase):
    line: Line

    @classmethod
    def setUpTestData(cls) -> None:
        cls.line = make_line()


def grants(group: Group) -> set[tuple[str, str]]:
    """Where the group holds which right: address or collection, and codename."""
    pages = group.page_permissions.values_list("page__url_path", "permission__codename")
    files = group.collection_permissions.values_list("collection__name", "permission__codename")
    return {*pages, *files}


class TestWhatIsMade(WithLine):
    def test_a_tree_with_every_section_in_order(self) -> None:
        page = branch_page(self.line.county)
        assert page.url_path == "/jilin/changchun/nongan/"
        assert [child.slug for child in page.get_children()] == SECTIONS
        assert all(child.live for child in page.get_children())
        for child in page.get_children().specific():
            assert isinstance(child, SectionPage)
            assert child.branch == self.line.county

    def test_the_province_is_the_root_of_the_site_and_holds_the_review(self) -> None:
        root = branch_page(self.line.province)
        assert Site.objects.get().root_page_id == root.pk
        assert WorkflowPage.objects.get().page_id == root.pk
        assert section(self.line.county).get_workflow().name == "沿组织线审核"

    def test_editors_write_in_their_own_sections_and_collection_only(self) -> None:
        base = "/jilin/changchun/"
        expected = {
            (f"{base}{slug}/", right) for slug in SECTIONS for right in ("add_page", "change_page")
        } | {
            ("本会素材", f"{action}_{kind}")
            for action in ("add", "change", "choose")
            for kind in ("image", "document")
        }
        assert grants(self.line.city.editors) == expected
        assert self.line.city.media_collection.is_leaf()

    def test_reviewers_hold_the_branch_and_all_below(self) -> None:
        held = grants(self.line.city.reviewers)
        assert ("/jilin/changchun/", "change_page") in held
        assert {place for place, _right in held} == {"/jilin/changchun/", "长春市红十字会"}
        county, city = self.line.county, self.line.city
        above = Collection.objects.get(pk=city.collection_id)
        assert Collection.objects.get(pk=county.media_collection_id).is_descendant_of(above)

    def test_no_group_of_ours_holds_anything_else(self) -> None:
        rights = {"add_page", "change_page"}
        files = {f"{a}_{m}" for a in ("add", "change", "choose") for m in ("image", "document")}
        of_search = {
            f"{action}_{model}"
            for action in ("add", "change", "delete")
            for model in ("dictionaryentry", "searchpromotion")
        } | {"view_searchweek", "change_sharedquery"}
        moderators = self.line.province.reviewers
        for group in Group.objects.all():
            assert {right for _place, right in grants(group)} <= rights | files
            codenames = set(group.permissions.values_list("codename", flat=True))
            assert codenames == {"access_admin"} | (of_search if group == moderators else set())
        forbidden = ("publish", "lock", "unlock", "bulk_delete", "delete")
        assert not Permission.objects.filter(
            group__isnull=False, codename__startswith=forbidden[0]
        ).exists()

    def test_memberships_lead_to_groups_and_out_of_them(self) -> None:
        user = make_user(self.line.county)
        assert list(user.groups.all()) == [self.line.county.editors]
        membership = user.memberships.get()
        membership.role = Membership.Role.REVIEWER
        membership.branch = self.line.other_county
        membership.save()
        assert list(user.groups.all()) == [self.line.other_county.reviewers]
        membership.delete()
        assert not user.groups.exists()

    def test_who_works_for_two_branches_keeps_one_when_leaving_the_other(self) -> None:
        user = make_user(self.line.county)
        Membership.objects.create(user=user, branch=self.line.city, role="editor")
        user.memberships.get(branch=self.line.county).delete()
        assert list(user.groups.all()) == [self.line.city.editors]


class TestAgain(WithLine):
    def test_it_changes_nothing(self) -> None:
        make_locale("ko")
        provision(self.line.county, make_locale("ko"))
        before = everything()
        for branch in Branch.objects.all():
            provision(branch)
        assert provision_all() == 8  # five in Chinese, three of the line in Korean
        assert everything() == before

    def test_it_mends_what_is_missing_and_takes_back_what_is_too_much(self) -> None:
        before = grants(self.line.county.editors)
        stranger = branch_page(self.line.other_county)
        publish = Permission.objects.get(codename="publish_page")
        self.line.county.editors.page_permissions.create(page=stranger, permission=publish)
        self.line.county.editors.page_permissions.filter(permission__codename="add_page").delete()
        self.line.county.editors.permissions.add(publish)
        self.line.county.editors.collection_permissions.all().delete()
        provision(self.line.county)
        assert grants(self.line.county.editors) == before
        assert [p.codename for p in self.line.county.editors.permissions.all()] == ["access_admin"]

    def test_a_closed_branch_has_no_editors(self) -> None:
        self.line.county.status = Branch.Status.CLOSED
        self.line.county.save()
        provision(self.line.county)
        assert grants(self.line.county.editors) == set()
        assert grants(self.line.county.reviewers) != set()

    def test_instances_that_were_read_long_ago_do_no_harm(self) -> None:
        """Names are in order among siblings, so a new one moves others aside in the tree."""
        old = Branch.objects.select_related("collection", "parent__collection").get(slug="nongan")
        assert old.collection.is_child_of(old.parent.collection)
        make_branch("anshan", self.line.province, division="安山市", name="A会")
        make_branch("chaoyang", self.line.city, division="朝阳区", name="B会")
        before = list(Collection.objects.order_by("pk").values())
        provision(old)
        assert list(Collection.objects.order_by("pk").values()) == before
        assert Collection.find_problems() == ([], [], [], [], [])


class TestNewSections:
    def test_a_section_that_is_declared_later_reaches_all_trees(self) -> None:
        known = dict(sections._sections)
        without = {slug: known[slug] for slug in known if slug != "news"}
        with mock.patch.object(sections, "_sections", without):
            line = make_line()
            provision(line.county, make_locale("ko"))
        assert not NewsSection.objects.exists()
        out = StringIO()
        call_command("sync_sections", stdout=out)
        assert "8" in out.getvalue()
        assert NewsSection.objects.count() == 8
        assert NewsSection.objects.filter(locale__language_code="ko").count() == 3
        county = section(line.county, NewsSection)
        assert (f"{county.url_path}", "add_page") in grants(line.county.editors)
        before = everything()
        call_command("sync_sections", stdout=out)
        assert everything() == before

    def test_a_section_that_is_renamed_is_renamed_everywhere(self, line: Line) -> None:
        news = sections._sections["news"]
        renamed = sections.Section(news.slug, news.model, news.order, {"zh-hans": "要闻"})
        with mock.patch.dict(sections._sections, {"news": renamed}):
            provision_all()
        assert set(NewsSection.objects.values_list("title", flat=True)) == {"要闻"}

    def test_a_section_is_declared_once(self) -> None:
        known = sections._sections["news"]
        with pytest.raises(ImproperlyConfigured):
            sections.register(known)


class TestLanguages(WithLine):
    def test_opening_a_county_opens_those_above(self) -> None:
        korean = make_locale("ko")
        page = provision(self.line.county, korean)
        opened = BranchPage.objects.filter(locale=korean).order_by("depth")
        assert [p.branch for p in opened] == [self.line.province, self.line.city, self.line.county]
        assert page.url_path == "/jilin-ko/changchun/nongan/"
        assert page.get_children().count() == len(SECTIONS)
        assert page.translation_key == branch_page(self.line.county).translation_key
        stories = StorySection.objects.get(branch=self.line.county, locale=korean)
        assert stories.title == "적십자 이야기"
        assert stories.translation_key == section(self.line.county).translation_key
        assert (stories.url_path, "add_page") in grants(self.line.county.editors)
        assert (page.url_path, "change_page") in grants(self.line.county.reviewers)
        assert not BranchPage.objects.filter(branch=self.line.other_county, locale=korean).exists()

    def test_collections_and_groups_are_the_same_in_every_language(self) -> None:
        before = (Group.objects.count(), Collection.objects.count())
        provision(self.line.county, make_locale("ko"))
        assert (Group.objects.count(), Collection.objects.count()) == before


class TestAllOrNothing:
    @pytest.mark.parametrize(
        "step", ["ensure_collections", "ensure_root", "ensure_section", "ensure_grants"]
    )
    def test_a_failure_leaves_nothing(self, step: str) -> None:
        before = everything()
        broken = mock.patch(f"branches.provisioning.{step}", side_effect=ZeroDivisionError)
        with broken, pytest.raises(ZeroDivisionError):
            make_and_provision()
        assert everything()[1:] == before[1:]
        assert Branch.objects.get().collection is None

    def test_a_failure_in_another_language_leaves_the_tree_alone(self, line: Line) -> None:
        korean = make_locale("ko")
        before = everything()
        broken = mock.patch("branches.provisioning.ensure_grants", side_effect=ZeroDivisionError)
        with broken, pytest.raises(ZeroDivisionError):
            provision(line.county, korean)
        assert everything() == before


def make_and_provision() -> None:
    province = Branch(
        code="220000", level="province", division="吉林省", name="吉林省红十字会", slug="jilin"
    )
    province.save()
    provision(province)


class TestSize:
    def test_a_branch_costs_the_same_however_many_there_are(self) -> None:
        line = make_line()
        numbers = []
        for number in range(10):
            with CaptureQueriesContext(connection) as queries:
                make_branch(f"county{number}", line.city)
            numbers.append(len(queries))
        assert numbers[0] == numbers[9]
        assert numbers[9] < 300

    def test_bringing_a_tree_up_to_date_costs_the_same_however_many_there_are(self) -> None:
        line = make_line()
        with CaptureQueriesContext(connection) as few:
            provision(line.county)
        for number in range(5):
            make_branch(f"county{number}", line.city)
        with CaptureQueriesContext(connection) as many:
            provision(line.county)
        assert len(few) == len(many)


class TestAddresses(WithLine):
    def test_no_branch_takes_an_address_of_the_site(self) -> None:
        """Every first part of an address that the site itself answers is reserved."""
        parts = {str(entry).lstrip("^").split("/")[0] for entry in flat(get_resolver())}
        words = {part for part in parts if part.replace("-", "").isalnum()}
        assert words >= {"admin", "media", "search", "feed", "branches", "topics"}
        assert words - reserved_slugs() == set()

    def test_a_reserved_address_is_refused(self) -> None:
        for slug in ("admin", "ko", "zh-hans", "stories", "about", "search"):
            with pytest.raises(ValidationError):
                make_branch(slug, self.line.city)

    def test_a_page_of_a_branch_never_stands_at_the_top_twice(self) -> None:
        assert Page.objects.filter(depth=2).count() == 1


def flat(resolver: object) -> list[object]:
    """The patterns at the top of the URL configuration, those of included modules among them."""
    found: list[object] = []
    for entry in resolver.url_patterns:  # type: ignore[attr-defined]
        here = str(entry.pattern)
        if here in ("", "^") or hasattr(entry.pattern, "prefix_default_language"):
            found += flat(entry) if hasattr(entry, "url_patterns") else []
        else:
            found.append(here)
    return found
