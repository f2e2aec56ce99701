"""Completeness check: what a text lacks before reviewers, and the public, may have it.

A draft may lack anything but a title. What is asked at submission is asked again of the very
revision that is to be approved: it may have been saved as a draft in between, or its hour may
have passed. The editing form is the one source of what is required.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from threading import RLock
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.models import Page

from branches.content_freeze import files_of
from branches.descriptions import request_for, undescribed
from branches.error_summary import Fault, faults_among
from branches.models.media import BranchImage
from branches.publication_window import PublicationWindow

#: Saving a draft makes the parts of blocks optional for a moment, on blocks that all threads
#: share: who validates meanwhile would ask for too little, or too much.
validation_lock = RLock()

Error = tuple[str, ValidationError]


def faults_of(text: Page) -> list[Fault]:
    """What `text`, a page as one of its revisions has it, lacks to be approved and published."""
    form = text.get_edit_handler().get_form_class()(instance=text)
    errors = defaultdict(list)
    found = (field_errors(form), model_errors(text), window_errors(text), picture_errors(text))
    for name, error in chain.from_iterable(found):
        errors[name].append(error)
    return faults_among(form, errors)


def field_errors(form: Any) -> Iterator[Error]:
    """Errors of the values that are stored, as if they had just been sent."""
    with validation_lock:
        for name, field in form.fields.items():
            try:
                field.clean(form[name].value())
            except ValidationError as error:
                yield name, error


def model_errors(text: Page) -> Iterator[Error]:
    try:
        text.clean()
    except ValidationError as error:
        by_field = getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]})
        yield from ((name, each) for name, errors in by_field.items() for each in errors)


def picture_errors(text: Page) -> Iterator[Error]:
    """What readers who cannot see a picture would miss: a draft may lack it, what is read not."""
    for image in undescribed(files_of(text, BranchImage)):
        yield NON_FIELD_ERRORS, ValidationError(request_for(image))


def window_errors(text: Page) -> Iterator[Error]:
    for name, message in PublicationWindow.of(text).faults().items():
        yield name, ValidationError(message)
