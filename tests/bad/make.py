"""Makes the small unusual pictures beside this script: python3 make.py. Needs Pillow (made with the version below).

Each is 16x16 pixels: the left half red, the right half green, so that a wrong colour order or model shows.
"""

import pathlib

import PIL
from PIL import Image

FOLDER = pathlib.Path(__file__).parent
RED, GREEN = (255, 0, 0), (0, 255, 0)


def halves(mode, left, right):
    picture = Image.new(mode, (16, 16), left)
    picture.paste(right, (8, 0, 16, 16))
    return picture


# Cyan, magenta, yellow, black, written as Adobe does: inverted, with an APP14 marker.
halves("CMYK", (0, 255, 255, 0), (255, 0, 255, 0)).save(FOLDER / "cmyk.jpg", quality=95)
# Four colours, of which two are used.
palette = Image.new("P", (16, 16), 3)
palette.putpalette([9, 9, 9, 0, 255, 0, 8, 8, 8, 255, 0, 0])
palette.paste(1, (8, 0, 16, 16))
palette.save(FOLDER / "palette.png")
# Three steps: the first is the picture, the others are blue.
blue = Image.new("RGB", (16, 16), (0, 0, 255))
halves("RGB", RED, GREEN).save(
    FOLDER / "animated.webp", save_all=True, append_images=[blue, blue], duration=100, lossless=True
)
print("made with Pillow", PIL.__version__)
