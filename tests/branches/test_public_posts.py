"""What strangers send to public addresses is not read, and so costs nothing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from branches.middleware import SanitizedFormMiddleware


@pytest.mark.parametrize("address", ["/", "/search/", "/api/search/", "/nongan/"])
def test_a_form_that_is_sent_to_a_public_address_is_left_unread(address: str) -> None:
    file = SimpleUploadedFile("large.bin", b"x" * 1000)
    request = RequestFactory().post(address, {"file": file})
    SanitizedFormMiddleware(lambda request: None).process_view(request)  # type: ignore[arg-type,return-value]  # answers nothing
    assert not hasattr(request, "_post")
