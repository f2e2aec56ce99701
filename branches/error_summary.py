"""Error summary: everything that is wrong with a form, in words, each leading to its field.

https://design-system.service.gov.uk/components/error-summary/ is the pattern.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils.translation import gettext as _
from wagtail.blocks import Block


@dataclass(frozen=True)
class Fault:
    """What is to be mended.

    :param label: the field in words; within a block, the block and the part of it as well.
    :param anchor: the id of the field in the form, if it has one.
    """

    label: str
    message: str
    anchor: str = ""


def faults_in(form: Any) -> list[Fault]:
    """The faults of a form that was sent, in the order of its fields."""
    return [*faults_among(form, form.errors.as_data()), *faults_of_formsets(form)]


def faults_among(form: Any, errors: Mapping[str, Sequence[ValidationError]]) -> list[Fault]:
    """`errors`, by the names of the fields of `form`, in the order of its fields."""
    order = [name for name in form.fields if name in errors]
    rest = [name for name in errors if name not in form.fields]
    return [
        fault
        for name in [*order, *rest]
        for e in errors[name]
        for fault in described(form, name, e)
    ]


def described(form: Any, name: str, error: ValidationError) -> Iterator[Fault]:
    if name not in form.fields:
        yield from plain(error, Fault("", ""))
        return
    bound = form[name]
    here = Fault(str(bound.label), "", bound.auto_id)
    block = getattr(bound.field, "block", None)
    if block is None:
        yield from plain(error, here)
    else:
        yield from in_block(block, bound.value(), error, replace(here, anchor=name))


def in_block(block: Block, value: Any, error: ValidationError, here: Fault) -> Iterator[Fault]:
    """The faults of a block, and of those in it."""
    inner = getattr(error, "block_errors", {})
    outer = getattr(error, "non_block_errors", None)
    if not inner and not outer:
        yield from plain(error, here)
    for each in outer.as_data() if outer else ():
        yield from plain(each, here)
    for key, each in inner.items():
        child, below, there = step_into(block, value, key, here)
        yield from in_block(child, below, each, there)


def step_into(block: Any, value: Any, key: Any, here: Fault) -> tuple[Block, Any, Fault]:
    """The child `key` of `block`, its value, and where it is."""
    if isinstance(key, str):
        child = block.child_blocks[key]
        return child, value.get(key), within(here, str(child.label), key)
    number = {"number": key + 1}
    if hasattr(block, "child_block"):
        there = within(here, _("第%(number)s项") % number, f"{key}-value")
        return block.child_block, value[key], there
    item = value[key]
    label = _("%(block)s（第%(number)s段）") % {"block": item.block.label, **number}
    return item.block, item.value, within(here, label, f"{key}-value")


def within(here: Fault, label: str, part: str) -> Fault:
    return Fault(f"{here.label} · {label}", "", f"{here.anchor}-{part}")


def plain(error: ValidationError, here: Fault) -> Iterator[Fault]:
    """A fault for each message of `error`; of what is only missing little is said."""
    for each in error.error_list:
        for message in each.messages:
            yield replace(here, message=_("还没有填") if is_missing(each, message) else message)


def is_missing(error: ValidationError, message: str) -> bool:
    """(Errors of blocks come without a code.)"""
    return (
        error.code in {"required", "blank"} or message == Field.default_error_messages["required"]
    )


def faults_of_formsets(form: Any) -> Iterator[Fault]:
    for formset in getattr(form, "formsets", {}).values():
        for each in formset.forms:
            for errors in each.errors.values():
                yield from (Fault(_("批注"), message) for message in errors)
