"""Makes the typefaces of report.pdf from the packages that ship them.

    pip install fonttools==4.68.0
    pip download --no-deps fontpkg-source-serif-4==4.4 fontpkg-source-sans-3==3.52 fontpkg-source-code-pro==1.26 -d W
    python3 make.py W

Each face is pinned to one weight and size, cut down to the letters below and to kerning, and renamed: the licence
reserves the name of the originals to the originals. The digests of the packages are checked; those of the results are in
README.md. The same versions give the same bytes.
"""
import hashlib, io, pathlib, sys, zipfile
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PACKAGES = {
    "serif": ("fontpkg_source_serif_4-4.4-py3-none-any.whl", "6c33ac5d27b0396b0ed228e400d9c7ee4445c359ce21b3d8d9b9723e8c5c49a7",
              "fontpkg_source_serif_4/files/SourceSerif4[opsz,wght].ttf"),
    "sans": ("fontpkg_source_sans_3-3.52-py3-none-any.whl", "2e931608ceeaad770916b53a35cf87090e28133875bf770e41b266146126abd8",
             "fontpkg_source_sans_3/files/SourceSans3[wght].ttf"),
    "mono": ("fontpkg_source_code_pro-1.26-py3-none-any.whl", "986a0c5b67ed28c3753b49d9c51139f1dfb517c9b441b901c79cb7545076089f",
             "fontpkg_source_code_pro/files/SourceCodePro[wght].ttf"),
}
FACES = [  # file, package, axes, new name
    ("serif-regular.ttf", "serif", {"opsz": 10, "wght": 400}, "Exhibit Serif"),
    ("serif-bold.ttf", "serif", {"opsz": 16, "wght": 600}, "Exhibit Serif Bold"),
    ("sans-regular.ttf", "sans", {"wght": 400}, "Exhibit Sans"),
    ("sans-bold.ttf", "sans", {"wght": 600}, "Exhibit Sans Bold"),
    ("mono-regular.ttf", "mono", {"wght": 400}, "Exhibit Mono"),
]
# Latin-1, Latin Extended-A, spaces, dashes, quotes, marks of mathematics and of the report.
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x2009, 0x200A, 0x202F,
           *range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2020, 0x2022, 0x2026, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A,
           0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x221A, 0x2248, 0x2260, 0x2264, 0x2265, 0x2153, 0x2154,
           0x25A1, 0x25CB, 0x25CF, 0x3B1, 0x3B2, 0x3BA, 0x3BB, 0x3BC, 0x3C0, 0x3C3, 0x394]

def main(folder):
    here = pathlib.Path(__file__).parent
    for file, package, axes, name in FACES:
        wheel, digest, member = PACKAGES[package]
        data = (pathlib.Path(folder) / wheel).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest, wheel
        font = TTFont(io.BytesIO(zipfile.ZipFile(io.BytesIO(data)).read(member)), recalcTimestamp=False)
        font = instancer.instantiateVariableFont(font, axes)
        options = subset.Options()
        options.layout_features = ["kern"]
        options.hinting = False
        options.name_IDs = ["*"]
        options.notdef_outline = True
        options.recalc_timestamp = False
        options.drop_tables += ["GSUB", "STAT", "DSIG", "meta", "BASE", "GDEF"]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        plain = name.replace(" ", "")
        names = font["name"]
        licence = [(r.nameID, r.toUnicode()) for r in names.names if r.nameID in (0, 13, 14) and r.platformID == 3]
        names.names = []
        for number, text in [(1, name), (2, "Regular"), (3, plain), (4, name), (5, "Version 1.0"), (6, plain), *dict(licence).items()]:
            names.setName(text, number, 3, 1, 0x409)
        out = here / file
        font.save(out)
        missing = [hex(letter) for letter in LETTERS if letter not in font.getBestCmap()]
        print(file, out.stat().st_size, hashlib.sha256(out.read_bytes()).hexdigest(), "lacks", missing)

main(sys.argv[1])
