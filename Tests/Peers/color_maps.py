"""Writes Sources/LimnImage/Colors/ColorMap+Tables.swift from Matplotlib's color maps (3.9 or later).

viridis, magma, inferno and plasma are by Stéfan van der Walt, Nathaniel Smith and Eric Firing, given to the
public domain (CC0). coolwarm is Kenneth Moreland's diverging map ("Diverging Color Maps for Scientific
Visualization", 2009), evaluated at 256 places.

Run: python3 Tests/Peers/color_maps.py
"""
import pathlib

import matplotlib

TARGET = pathlib.Path(__file__).parents[2] / "Sources" / "LimnImage" / "Colors" / "ColorMap+Tables.swift"
NAMES = ["viridis", "magma", "inferno", "plasma", "coolwarm"]

lines = [
    "// Written by Tests/Peers/color_maps.py; the maps' authors are named there.",
    "",
    "extension ColorMap {",
    "  /// 256 colors for each map, as hexadecimal digits of red, green and blue.",
    "  static let tables: [(name: String, digits: String)] = [",
]
for name in NAMES:
    colors = matplotlib.colormaps[name](range(256), bytes=True)
    digits = "".join(f"{r:02x}{g:02x}{b:02x}" for r, g, b, _ in colors.tolist())
    lines += ["    (", f'      "{name}",', '      """']
    for start in range(0, len(digits), 96):
        lines.append("      " + digits[start:start + 96] + ("\\" if start + 96 < len(digits) else ""))
    lines += ['      """', "    ),"]
lines += ["  ]", "}", ""]
TARGET.write_text("\n".join(lines))
