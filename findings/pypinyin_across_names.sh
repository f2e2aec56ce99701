#!/usr/bin/env bash
# pypinyin 0.55.0 looks for phrases across the border between two names, also when it was taught one.
#
# lazy_pinyin("长春市") reads "chang chun shi". After 吉林省 (the province that the city lies in) the
# same three characters read "zhang chun shi", since 省长 (governor) is a phrase of its dictionary
# and is met first. Teaching it the bare name (load_phrases_dict) changes nothing: the longest match
# is sought from the left, and 省长 begins before 长春市 does. Nothing is raised. Each name read by
# itself comes out right.
#
# Output seen:
#   alone:  chang chun shi
#   after:  ji lin sheng zhang chun shi
#   taught: ji lin sheng zhang chun shi
#   apart:  ji lin sheng chang chun shi
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypinyin==0.55.0
seen="$("$folder/venv/bin/python" - <<'PYTHON'
from pypinyin import lazy_pinyin, load_phrases_dict


def read(*texts: str) -> str:
    return " ".join(sound for text in texts for sound in lazy_pinyin(text))


print("alone: ", read("长春市"))
print("after: ", read("吉林省长春市"))
load_phrases_dict({"长春市": [["cháng"], ["chūn"], ["shì"]]})
print("taught:", read("吉林省长春市"))
print("apart: ", read("吉林省", "长春市"))
PYTHON
)"
echo "$seen"
diff <(echo "$seen") - <<'EXPECTED'
alone:  chang chun shi
after:  ji lin sheng zhang chun shi
taught: ji lin sheng zhang chun shi
apart:  ji lin sheng chang chun shi
EXPECTED
