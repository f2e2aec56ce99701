#!/usr/bin/env bash
# Pillow 13.0.0: a format name that an opened picture reports cannot be given back to Image.open().
#
# Telephones store several pictures in one JPEG. Pillow opens such a file as JPEG and then reports
# picture.format == "MPO". With formats=["MPO"] the same file is not opened, and not refused as
# unidentified either: KeyError: 'MPO'. A list in which MPO stands before the format of a file that is
# no JPEG (["MPO", "PNG"]) raises the same for a sound PNG. MPO can be saved, but no opener is
# registered for it; formats=["JPEG"] is what opens it.
#
# Willow 1.12.0: willow.Image.open(file).get_size() decodes the whole picture, where Pillow reads
# width and height from the head of the file: a PNG that breaks off after its head has a size for
# Pillow, and is an OSError ("image file is truncated") for Willow's get_size().
#
# Output seen:
#   reported: MPO
#   formats=['MPO']: KeyError 'MPO'
#   a PNG, formats=['MPO', 'PNG']: KeyError 'MPO'
#   formats=['JPEG']: MPO (40, 30)
#   size for Pillow: (300, 300)
#   size for Willow: OSError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Pillow==13.0.0 Willow==1.12.0
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
from io import BytesIO

import willow
from PIL import Image


def saved(form, size=(40, 30), **options):
    file = BytesIO()
    Image.effect_noise(size, 60).save(file, form, **options)
    return file.getvalue()


several = saved("MPO", save_all=True, append_images=[Image.new("L", (40, 30))])
with Image.open(BytesIO(several)) as picture:
    print("reported:", picture.format)
for what, data, formats in (
    ("", several, ["MPO"]),
    ("a PNG, ", saved("PNG"), ["MPO", "PNG"]),
):
    try:
        Image.open(BytesIO(data), formats=formats)
    except KeyError as error:
        print(f"{what}formats={formats}: KeyError {error}")
with Image.open(BytesIO(several), formats=["JPEG"]) as picture:
    print(f"formats=['JPEG']: {picture.format} {picture.size}")

whole = saved("PNG", (300, 300))
half = whole[: len(whole) // 2]
print("size for Pillow:", Image.open(BytesIO(half)).size)
try:
    print("size for Willow:", willow.Image.open(BytesIO(half)).get_size())
except OSError:
    print("size for Willow: OSError")
PYTHON
sed -n 's/^#   //p' "$0" | diff - "$folder/seen"
echo "As described."
