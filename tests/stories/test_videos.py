"""Links to videos, as they are copied from computers and telephones."""

from __future__ import annotations

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from stories.blocks.media import VideoBlock
from stories.video import find_video

BILIBILI = "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&autoplay=0"
TENCENT = "https://v.qq.com/txp/iframe/player.html?vid=a1234567890"
YOUKU = "https://player.youku.com/embed/XNTk4OTA0ODQ4MA=="


@pytest.mark.parametrize(
    ("link", "player"),
    [
        ("https://www.bilibili.com/video/BV1xx411c7mD?p=1", BILIBILI),
        ("https://m.bilibili.com/video/BV1xx411c7mD", BILIBILI),
        ("https://m.bilibili.com/video/BV1xx411c7mD/?share_source=copy", BILIBILI),
        ("https://v.qq.com/x/page/a1234567890.html", TENCENT),
        ("https://v.qq.com/x/cover/mzc00200abc/a1234567890.html?ptag=1", TENCENT),
        ("https://m.v.qq.com/x/page/a1234567890.html", TENCENT),
        ("https://m.v.qq.com/x/m/play?cid=mzc00200abc&vid=a1234567890&ptag=1", TENCENT),
        ("https://m.v.qq.com/play.html?vid=a1234567890", TENCENT),
        ("https://m.v.qq.com/page/a/9/0/a1234567890.html", TENCENT),
        ("https://v.youku.com/v_show/id_XNTk4OTA0ODQ4MA==.html", YOUKU),
        ("https://m.youku.com/video/id_XNTk4OTA0ODQ4MA==.html?spm=1", YOUKU),
    ],
)
def test_addresses_of_computers_and_telephones_are_known(link: str, player: str) -> None:
    video = find_video(link)
    assert video is not None
    assert video.player == player


@pytest.mark.parametrize(
    "link",
    [
        "https://m.v.qq.com.example.org/play.html?vid=a1234567890",
        "https://m.v.qq.com/play.html?vid=a1234567890x",
        "https://example.org/?https://m.bilibili.com/video/BV1xx411c7mD",
        "http://m.bilibili.com/video/BV1xx411c7mD",
        "https://b23.tv/abcdefg",
    ],
)
def test_other_addresses_are_not(link: str) -> None:
    assert find_video(link) is None


def test_of_a_short_address_it_says_what_to_do() -> None:
    block = VideoBlock()
    value = block.to_python({"title": "x", "link": "https://b23.tv/abcdefg"})
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    (error,) = refused.value.block_errors["link"].messages
    assert "短链接" in error
