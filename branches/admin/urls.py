"""Addresses of our own screens, below ``/admin/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from branches.admin import branches, members, offline, profile, review, session, withdraw

review_patterns = [
    path("", review.queue, name="queue"),
    path("<int:state_id>/", review.piece, name="piece"),
    path("<int:state_id>/preview/<int:revision_id>/", review.preview, name="preview"),
    path("withdraw/<int:page_id>/", withdraw.withdraw, name="withdraw"),
]
offline_patterns = [path("<int:page_id>/", offline.confirm, name="confirm")]
branch_patterns = [
    path("", branches.index, name="index"),
    path("add/", branches.add, name="add"),
    path("<int:branch_id>/", branches.edit, name="edit"),
    path("<int:branch_id>/open/<slug:language>/", branches.open_language, name="open_language"),
    path("<int:branch_id>/close/", branches.close, name="close"),
    path("<int:branch_id>/reopen/", branches.reopen, name="reopen"),
    path("<int:branch_id>/profile/", profile.profile, name="profile"),
    path("<int:branch_id>/services/<slug:language>/", profile.services, name="services"),
]
member_patterns = [
    path("", members.index, name="index"),
    path("add/", members.add, name="add"),
    path("<int:user_id>/", members.person, name="person"),
    path("<int:user_id>/switch/", members.switch, name="switch"),
    path("<int:user_id>/password/", members.new_password, name="new_password"),
    path("remove/<int:membership_id>/", members.remove, name="remove"),
]


def patterns() -> list[URLPattern | URLResolver]:
    return [
        path("review/", include((review_patterns, "branches_review"))),
        path("offline/", include((offline_patterns, "branches_offline"))),
        path("branches/", include((branch_patterns, "branches_branches"))),
        path("members/", include((member_patterns, "branches_members"))),
        path("session/", session.session, name="branches_session"),
    ]
