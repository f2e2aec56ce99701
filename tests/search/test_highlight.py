from __future__ import annotations

from search.highlight import WIDTH, Highlighter

STORY = (
    "为进一步普及健康知识，提高居民自救互救能力，县红十字会走进第三小学。"
    "活动中，老师讲解了心肺复苏、AED 使用和止血包扎等内容，师生们学得认真。"
    "会后，志愿者发放了宣传资料，受到一致好评。大家都说这样的活动应当常办，办到每个村屯去。"
    "下一步，县红十字会将继续开展应急救护培训，让更多的人学会救护。"
)


def highlight(text: str, query: str, width: int = WIDTH) -> str:
    return Highlighter(query).passage(text, width)


def test_words_are_marked_in_their_sentence() -> None:
    assert "继续开展<mark>应急救护培训</mark>，" in highlight(STORY, "应急救护培训")


def test_a_traditional_query_marks_simplified_text_and_the_other_way_round() -> None:
    assert "<mark>志愿者</mark>" in highlight(STORY, "志願者")
    assert Highlighter("红十字会").whole("中國紅十字會") == "中國<mark>紅十字會</mark>"


def test_the_window_is_the_one_with_most_different_words() -> None:
    passage = highlight(STORY, "心肺复苏 AED 红十字会")
    assert "<mark>心肺复苏</mark>、<mark>AED</mark>" in passage


def test_the_window_has_about_the_width_asked_for_and_shows_what_is_left_out() -> None:
    passage = highlight(STORY, "好评", width=40)
    shown = passage.replace("<mark>", "").replace("</mark>", "")
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) <= 42


def test_without_a_match_the_text_is_shown_from_its_start() -> None:
    assert highlight(STORY, "天气预报", width=20) == STORY[:20] + "…"
    assert highlight("短文", "天气预报") == "短文"
    assert highlight("", "天气") == ""


def test_pairs_are_marked_where_no_whole_word_is_found() -> None:
    assert "<mark>救护</mark>" in highlight(STORY, "救护班长")


def test_half_of_a_word_is_not_marked() -> None:
    assert "<mark>" not in highlight("红十字标志由法律保护", "红十字会法")
    assert "<mark>" not in highlight("大会法律顾问到场", "红十字会法")
    assert highlight("去学急救知识", "应急救护") == "去学<mark>急救</mark>知识"
    assert highlight("红十字会法", "红十字会法") == "<mark>红十字会法</mark>"


def test_synonyms_are_marked_where_they_are_words_of_the_text() -> None:
    assert highlight("大厅里有AED", "自动体外除颤器") == "大厅里有<mark>AED</mark>"
    assert highlight("开展应急救护", "紧急救护") == "开展应急<mark>救护</mark>"


def test_white_space_in_a_word_is_not_asked_of_the_text() -> None:
    for text in ("Rh阴性", "RH 阴性", "rh\n阴性"):
        assert Highlighter("熊猫血").whole(f"她是{text}血") == f"她是<mark>{text}</mark>血"


def test_words_that_overlap_are_marked_as_one() -> None:
    assert highlight("마을 어르신들", "어르신") == "마을 <mark>어르신</mark>들"
    assert highlight("심폐소생술을 배우다", "심폐 소생술") == "<mark>심폐소생술</mark>을 배우다"
    assert highlight("自动体外除颤器", "“体外除颤器”和“自动体外”") == "<mark>自动体外除颤器</mark>"


def test_parts_of_a_word_are_marked_where_it_is_not() -> None:
    assert highlight("微信扫码就能关注", "微信公众号") == "<mark>微信</mark>扫码就能关注"
    assert highlight("微信里的公众号", "微信公众号") == "微信里的<mark>公众号</mark>"
    assert highlight("蛇会不会咬人", "被蛇咬了") == "<mark>蛇</mark>会不会<mark>咬</mark>人"


def test_a_particle_may_follow_a_korean_synonym() -> None:
    assert highlight("심폐소생술을 배우다", "CPR") == "<mark>심폐소생술</mark>을 배우다"


def test_what_the_window_cuts_is_marked_as_far_as_it_is_shown() -> None:
    assert highlight("急救培训" * 9, "急救培训", width=6) == "<mark>急救培训急救</mark>…"


def test_html_is_escaped_inside_and_outside_of_marks() -> None:
    text = "<script>急救</script> & \"急救'"
    assert (
        highlight(text, "急救")
        == "&lt;script&gt;<mark>急救</mark>&lt;/script&gt; &amp; &quot;<mark>急救</mark>&#x27;"
    )


def test_latin_words_are_marked_whole_and_by_their_stem() -> None:
    assert Highlighter("training").whole("Trainings retraining") == (
        "<mark>Trainings</mark> retraining"
    )
    assert Highlighter("aed").whole("ＡＥＤ") == "<mark>ＡＥＤ</mark>"


def test_marks_sit_right_after_characters_that_fold_to_several() -> None:
    assert Highlighter("急救").whole("㈱ﬁ½急救") == "㈱ﬁ½<mark>急救</mark>"


def test_white_space_is_closed_up() -> None:
    assert highlight("急救\n\n  培训", "急救") == "<mark>急救</mark> 培训"


def test_hostile_queries_mark_nothing() -> None:
    for query in ("", "(", "[a-", "\\", "急救(", "\ud800", "*" * 500):
        assert "<script" not in highlight("急救<script>", query)
    assert highlight("急救(", "急救(") == "<mark>急救</mark>("


def test_words_that_a_query_begins_are_marked_whole() -> None:
    text = "Volunteers were training; a retrained volunteer"
    marked = highlight(text, "volunt train")
    assert marked == (
        "<mark>Volunteers</mark> were <mark>training</mark>; a retrained <mark>volunteer</mark>"
    )
    assert "<mark>" not in highlight("Reducing", "red")


def test_the_original_is_marked_with_what_nobody_sees_in_it() -> None:
    assert highlight("学\u200b心\u200b肺复\u00ad苏\ufe0f吧", "心肺复苏") == (
        "学\u200b<mark>心\u200b肺复\u00ad苏</mark>\ufe0f吧"
    )
    assert Highlighter("first").whole("The fi\u00adrst\u200b aid") == (
        "The <mark>fi\u00adrst</mark>\u200b aid"
    )
