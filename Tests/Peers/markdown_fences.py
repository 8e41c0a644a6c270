"""Writes Markdown texts, made at random of awkward lines, with the top-level fences that cmark finds in each.

cmark is CommonMark's reference implementation: `apt install cmark` (0.30.2).

    python3 Tests/Peers/markdown_fences.py 400 > Tests/LimnNotebookTests/Fixtures/fences.json

A fence is [first line from 0, info, content].
"""
import json
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

INDENTS = ["", "", "", "", " ", "  ", "   ", "    ", "     ", "\t", " \t"]
STARTS = ["", "", "", "", "> ", ">", "- ", "-  ", "* ", "1. ", "2) ", "10. ", "-\t", "> - ", "- > ", "-    ", "-     "]
TEXTS = [
    "```limn", "```limn", "```", "```", "```", "````limn", "````", "~~~limn", "~~~", "~~~~", "``` limn x", "```py", "``` `x`",
    "text", "text", "", "", "", "", "# title", "#title", "---", "===", "***", "- - -", "let x = 1",
    "<!-- note", "-->", "<!-- all -->", "<div>", "</div>", "<details>", "<b>", "<b>x</b>", "<a href='x'>", "<a href=\"x\" b>",
    "<pre>", "</pre>", "<script>", "</script>", "<?php", "?>", "<!X", ">", "<![CDATA[", "]]>", "<br/>", "<1>", "1.", "-", "*",
]


def document(random):
    lines = []
    for _ in range(random.randint(2, 9)):
        lines.append(random.choice(INDENTS) + random.choice(STARTS) + random.choice(INDENTS[:8]) * (random.random() < 0.2)
                     + random.choice(TEXTS))
    return "\n".join(lines) + "\n" * (random.random() < 0.8)


def fences(text):
    xml = subprocess.run(["cmark", "-t", "xml", "--sourcepos"], input=text.encode(), capture_output=True, check=True).stdout
    lines = text.split("\n")
    found = []
    for block in ElementTree.fromstring(xml):
        if not block.tag.endswith("code_block"):
            continue
        first = int(block.get("sourcepos").split(":")[0]) - 1
        if re.match(r" {0,3}(```|~~~)", lines[first]):
            found.append([first, block.get("info", ""), block.text or ""])
    return found


def main():
    source = random.Random(1)
    cases = []
    while len(cases) < int(sys.argv[1]):
        text = document(source)
        cases.append({"text": text, "fences": fences(text)})
    json.dump(cases, sys.stdout, indent=0, ensure_ascii=True)
    print()


main()
