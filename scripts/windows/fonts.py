"""Debian's fonts under the names of Windows' own, without which Chromium ends itself.

Arguments: the folder for the fonts, and the registry file that names them.
"""
import os
import sys

from fontTools.ttLib import TTFont

LIBERATION = "/usr/share/fonts/truetype/liberation/Liberation{}-{}.ttf"
DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVu{}{}.ttf"
FOUR_STYLES = {
    "Arial": "Sans",
    "Times New Roman": "Serif",
    "Courier New": "Mono",
}
TWO_STYLES = {
    "Segoe UI": "Sans",
    "Segoe UI Symbol": "Sans",
    "Tahoma": "Sans",
    "MS Shell Dlg": "Sans",
    "Consolas": "SansMono",
    "Lucida Console": "SansMono",
}
# The name table's entries that would lead back to the font's own family.
OTHER_NAMES = (16, 17, 21, 22, 25)


def sources():
    for family, kind in FOUR_STYLES.items():
        for style in ("Regular", "Bold", "Italic", "BoldItalic"):
            yield family, style, LIBERATION.format(kind, style)
    for family, kind in TWO_STYLES.items():
        yield family, "Regular", DEJAVU.format(kind, "")
        yield family, "Bold", DEJAVU.format(kind, "-Bold")


def renamed(source, family, style, whole, post_script):
    font = TTFont(source)
    names = font["name"]
    wanted = {1: family, 2: style, 3: post_script, 4: whole, 6: post_script}
    for record in list(names.names):
        if record.nameID in OTHER_NAMES:
            names.removeNames(nameID=record.nameID)
        elif record.nameID in wanted:
            text = wanted[record.nameID]
            names.setName(text, record.nameID, record.platformID, record.platEncID, record.langID)
    return font


def main(folder, registry):
    os.makedirs(folder, exist_ok=True)
    entries = []
    for family, style, source in sources():
        words = "Bold Italic" if style == "BoldItalic" else style
        whole = family if style == "Regular" else f"{family} {words}"
        post_script = f"{family.replace(' ', '')}-{style}"
        renamed(source, family, words, whole, post_script).save(f"{folder}/{post_script}.ttf")
        entries.append(f'"{whole} (TrueType)"="{post_script}.ttf"')
    with open(registry, "w", encoding="utf-8") as file:
        file.write("Windows Registry Editor Version 5.00\n\n")
        file.write("[HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Fonts]\n")
        file.write("\n".join(entries) + "\n\n")
        file.write('[HKEY_CURRENT_USER\\Software\\Wine]\n"Version"="win10"\n')


main(*sys.argv[1:])
