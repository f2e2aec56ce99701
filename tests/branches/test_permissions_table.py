"""The permission table of docs/decisions/0003-permissions.md, cell by cell, from both sides."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from wagtail.models import GroupPagePermission

from branches import workflow
from branches.models import Branch, User
from stories.models import StoryPage
from tests.branches.forms import story_form
from tests.branches.scene import WithPlainErrors
from tests.factories import Line, make_admin, make_branch, make_line, make_piece, make_user, section

#: For which branches each may do a thing. "below" are the counties of the own city.
EVERYWHERE = {"own", "beside", "city", "far", "province"}
WRITE = {
    "editor": {"own"},
    "reviewer": {"own"},
    "city editor": {"city"},
    "city reviewer": {"own", "beside", "city"},
    "moderator": EVERYWHERE,
    "administrator": EVERYWHERE,
    "nobody": set(),
}
REVIEW = {**WRITE, "editor": set(), "city editor": set()}
MOVE = {**REVIEW, "reviewer": set()}


class Table(WithPlainErrors):
    line: Line
    places: dict[str, Branch]
    people: dict[str, User]
    drafts: dict[str, StoryPage]
    public: dict[str, StoryPage]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.line = line = make_line()
        far = make_branch("yanji", line.other_city, division="延吉市")
        cls.places = {
            "own": line.county,
            "beside": line.other_county,
            "city": line.city,
            "far": far,
            "province": line.province,
        }
        cls.people = {
            "editor": make_user(line.county),
            "reviewer": make_user(line.county, "reviewer"),
            "city editor": make_user(line.city),
            "city reviewer": make_user(line.city, "reviewer"),
            "moderator": make_user(line.province, "reviewer"),
            "administrator": make_admin(),
            "nobody": make_user(),
        }
        cls.drafts = {
            place: make_piece(branch, live=False, slug="20200101-1")
            for place, branch in cls.places.items()
        }
        cls.public = {
            place: make_piece(branch, slug="20200101-2") for place, branch in cls.places.items()
        }

    def allowed(self, may: Callable[[Client, str], bool]) -> dict[str, set[str]]:
        """By address, for whom `may` is true at which places."""
        found = {}
        for who, user in self.people.items():
            client = Client()
            client.force_login(user)
            found[who] = {place for place in self.places if may(client, place)}
        return found

    def test_writing(self) -> None:
        def opens(client: Client, place: str) -> bool:
            add = f"/admin/pages/add/stories/storypage/{section(self.places[place]).pk}/"
            edit = f"/admin/pages/{self.drafts[place].pk}/edit/"
            answers = [client.get(url).status_code == 200 for url in (add, edit)]
            assert len(set(answers)) == 1
            return answers[0]

        assert self.allowed(opens) == WRITE

    def test_saving_and_submitting(self) -> None:
        def submits(client: Client, place: str) -> bool:
            piece = self.drafts[place]
            form = story_form(title=f"送审{piece.pk}") | {"action-submit": "1"}
            client.post(f"/admin/pages/{piece.pk}/edit/", form)
            waiting = StoryPage.objects.get(pk=piece.pk).workflow_in_progress
            for state in piece.workflow_states:
                state.delete()
            return waiting

        assert self.allowed(submits) == WRITE

    def test_uploading(self) -> None:
        from wagtail.permissions import policy_registry

        from branches.models import BranchDocument, BranchImage

        for model in (BranchImage, BranchDocument):
            policy = policy_registry.get_by_type(model)
            for who, user in self.people.items():
                fresh = User.objects.get(pk=user.pk)
                own = policy.collections_user_has_permission_for(fresh, "add")
                places = {p for p, b in self.places.items() if b.media_collection in own}
                assert places == WRITE[who]

    def test_approving_and_returning(self) -> None:
        """Whose review counts for a text, at the step of its own branch."""
        for who, user in self.people.items():
            fresh = User.objects.get(pk=user.pk)
            may = {
                place
                for place, branch in self.places.items()
                if workflow.may_review(fresh, self.drafts[place], branch.level)
            }
            assert may == REVIEW[who]

    def test_nobody_approves_the_own(self) -> None:
        for user in self.people.values():
            for place, branch in self.places.items():
                piece = make_piece(branch, live=False, owner=user)
                assert not workflow.may_review(user, piece, branch.level), place

    def test_taking_offline(self) -> None:
        def takes(client: Client, place: str) -> bool:
            piece = self.public[place]
            client.post(f"/admin/offline/{piece.pk}/", {"reason": "撤回同意"})
            gone = not StoryPage.objects.get(pk=piece.pk).live
            StoryPage.objects.filter(pk=piece.pk).update(live=True)
            return gone

        assert self.allowed(takes) == REVIEW

    def test_moving_into_another_branch(self) -> None:
        """From the own county into each of the others; and out of each into the own."""
        mine = self.public["own"]
        home = mine.get_parent()

        def moves_there(client: Client, place: str) -> bool:
            target = section(self.places[place])
            client.post(f"/admin/pages/{mine.pk}/move/{target.pk}/confirm/")
            moved = StoryPage.objects.get(pk=mine.pk)
            is_there = moved.is_child_of(target)
            if place != "own":
                moved.move(home, pos="last-child")
            return is_there and place != "own"

        others = {who: places - {"own"} for who, places in MOVE.items()}
        assert self.allowed(moves_there) == others

    def test_members(self) -> None:
        from branches.members import managed_branches

        for who, user in self.people.items():
            managed = set(managed_branches(User.objects.get(pk=user.pk)))
            assert {place for place, b in self.places.items() if b in managed} == MOVE[who]

    def test_no_group_holds_the_right_to_publish(self) -> None:
        assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()
