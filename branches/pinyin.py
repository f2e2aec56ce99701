"""Names as somebody types them on a Latin keyboard."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin, load_phrases_dict

# Places whose first character is mostly read in another way.
load_phrases_dict(
    {
        "长白": [["cháng"], ["bái"]],
        "长岭": [["cháng"], ["lǐng"]],
        "珲春": [["hún"], ["chūn"]],
    }
)


def pinyin_keys(name: str) -> str:
    """Keys by which to find `name` when typing: full pinyin and initials.

    农安县 gives `` nonganxian nax``. Each key follows a space, so that a search for
    `` na`` finds beginnings only.
    """
    full = "".join(lazy_pinyin(name, v_to_u=False)).lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return f" {full} {initials}"
