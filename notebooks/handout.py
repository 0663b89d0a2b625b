"""The handout for a class, from docs/handout.md: one page of HTML that loads nothing, and the same page as PDF.

    python3 notebooks/handout.py [FOLDER]

writes handout.html and handout.pdf there (unless told, build/notebooks). Debian: python3-markdown-it, weasyprint.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from markdown_it import MarkdownIt
from weasyprint import HTML

SOURCE = Path(__file__).resolve().parent.parent / "docs" / "handout.md"

STYLE = """
@page { size: A4; margin: 12mm 15mm 10mm; }
html { font: 9pt/1.3 "DejaVu Sans", sans-serif; color: #222; }
body { max-width: 180mm; margin: 0 auto; }
h1 { font-size: 15pt; margin: 0 0 3mm; }
h2 { font-size: 11.5pt; margin: 3.5mm 0 1.5mm; border-bottom: 0.4mm solid #0072b2; }
p, ol { margin: 1.5mm 0; }
ol { padding-left: 5mm; }
li { margin-bottom: 1.5mm; }
table { width: 100%; border-collapse: collapse; margin: 1.5mm 0; table-layout: fixed; }
th, td { border: 0.2mm solid #999; padding: 0.8mm 1.6mm; text-align: left; vertical-align: top; }
th { background: #eef3f7; font-weight: bold; }
th:first-child, td:first-child { width: 38%; }
td { height: 4.5mm; }
svg { display: block; width: 100%; height: auto; }
"""


def picture(match: re.Match[str]) -> str:
    """The SVG itself in the place of a reference to it."""
    return (SOURCE.parent / match["file"]).read_text(encoding="utf-8")


def page(text: str) -> str:
    """The Markdown as a page of HTML, its style and pictures inside."""
    body = MarkdownIt("commonmark").enable("table").render(text)
    body = re.sub(r'<img src="(?P<file>[^"]+\.svg)"[^>]*/>', picture, body)
    title = text.splitlines()[0].removeprefix("# ")
    return (f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
            f"<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n")


def main(folder: Path) -> None:
    """Writes both, and refuses a PDF of more than one page."""
    html = page(SOURCE.read_text(encoding="utf-8"))
    pdf = HTML(string=html).render()
    if len(pdf.pages) != 1:
        raise SystemExit(f"{SOURCE} makes {len(pdf.pages)} pages (a handout has one). Shorten it.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "handout.html").write_text(html, encoding="utf-8")
    pdf.write_pdf(folder / "handout.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/notebooks"))
