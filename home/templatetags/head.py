"""For the head of a page, where what a template says in a block is needed more than once."""

from __future__ import annotations

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from branches import routing

register = template.Library()


class Line(template.Node):
    """Sets `name` to what `nodelist` says, in one line."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        said = " ".join(self.nodelist.render(context).split())
        context[self.name] = mark_safe(said)  # noqa: S308  # escaped when it was rendered
        return SafeString()


@register.tag
def line(parser: Parser, token: Token) -> Line:
    """``{% line as name %}…{% endline %}``: what stands between them, later ``{{ name }}``."""
    _tag, _as, name = token.split_contents()
    nodelist = parser.parse(("endline",))
    parser.delete_first_token()
    return Line(nodelist, name)


@register.filter
def absolute(address: str) -> str:
    return routing.absolute(address)
