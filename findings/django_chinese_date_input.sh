#!/usr/bin/env bash
# Django 5.2.19 refuses the Chinese date that it prints itself.
#
# django/conf/locale/zh_Hans/formats.py prints dates as "Y年n月j日" and lists "%Y年%n月%j日" among the
# formats of dates that are typed, with 2016年9月5日 as example. But %n and %j are letters of the
# template filter `date`: strptime knows no %n, and %j is the day of the year. The format raises
# ValueError for any text, which the form field takes for "does not fit". So a form in Chinese says
# that a date is not valid which was copied from the page; with hyphens and slashes it is.
#
# Output seen:
#   printed: 2016年9月5日
#   2016-9-5: 2016-09-05
#   2016/9/5: 2016-09-05
#   2016年9月5日: ValidationError
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Django==5.2.19
seen="$("$folder/venv/bin/python" - <<'PYTHON'
import datetime

import django
from django import forms
from django.conf import settings
from django.utils import formats, translation

settings.configure(USE_I18N=True, LANGUAGE_CODE="zh-hans")
django.setup()
with translation.override("zh-hans"):
    printed = formats.date_format(datetime.date(2016, 9, 5))
    print(f"printed: {printed}")
    for text in ("2016-9-5", "2016/9/5", printed):
        try:
            print(f"{text}: {forms.DateField().clean(text)}")
        except forms.ValidationError as error:
            print(f"{text}: {type(error).__name__}")
PYTHON
)"
echo "$seen"
diff <(echo "$seen") - <<'EXPECTED'
printed: 2016年9月5日
2016-9-5: 2016-09-05
2016/9/5: 2016-09-05
2016年9月5日: ValidationError
EXPECTED
