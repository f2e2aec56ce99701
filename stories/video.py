"""Videos by link. A player is loaded only when the reader asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Host, pattern of the video's address (of computers and of telephones), address of its player.
PLAYERS = (
    (
        "哔哩哔哩",
        re.compile(r"^https://(?:www\.|m\.)?bilibili\.com/video/(BV[0-9A-Za-z]{10})(?:[/?#]|$)"),
        "https://player.bilibili.com/player.html?bvid={id}&autoplay=0",
    ),
    (
        "腾讯视频",
        re.compile(
            r"^https://(?:m\.)?v\.qq\.com/(?:(?:x/)?(?:m/)?(?:page|cover/\w+)/(?:\w/\w/\w/)?(\w{11})\.html"
            r"|[\w./]+\?(?:[^#]*&)?vid=(\w{11}))(?:[?&#]|$)"
        ),
        "https://v.qq.com/txp/iframe/player.html?vid={id}",
    ),
    (
        "优酷",
        re.compile(
            r"^https://(?:v\.youku\.com/v_show|m\.youku\.com/(?:video|v_show))"
            r"/id_([0-9A-Za-z]+=*)\.html(?:[?#]|$)"
        ),
        "https://player.youku.com/embed/{id}",
    ),
)


#: Where short addresses lead only their hosts know, and the site does not ask them.
SHORT = re.compile(r"^https?://(?:b23\.tv|bili2233\.cn|url\.cn|t\.cn)/")


@dataclass(frozen=True)
class LinkedVideo:
    """A video on somebody else's site.

    :param host: the site's name, for the reader to know where the click leads.
    :param player: the address of its player, built from the video's id alone.
    """

    host: str
    player: str


def find_video(link: str) -> LinkedVideo | None:
    """The video of a link copied from the browser; None where the site or form is unknown."""
    for host, pattern, player in PLAYERS:
        if match := pattern.match(link.strip()):
            return LinkedVideo(host, player.format(id=match[match.lastindex or 0]))
    return None


def is_short(link: str) -> bool:
    """Whether `link` is a shortened one, as apps share them."""
    return SHORT.match(link.strip()) is not None
