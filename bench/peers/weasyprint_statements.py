"""The same statements printed by WeasyPrint, from the same words, in the same fonts, sizes and colours.

Run by the interpreter of its own environment: `python weasyprint_statements.py FOLDER COUNT`. FOLDER holds
the words of each statement and those of the sheet; the last PDF is left there to be looked at. Prints one
JSON object.
"""

import json
import sys
import time
from html import escape
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

WARM_UP = 2
STYLE = """
@font-face { font-family: Page; src: url(file://%(fonts)s/SourceSansPro-Regular.ttf); font-weight: 400 }
@font-face { font-family: Page; src: url(file://%(fonts)s/SourceSansPro-Semibold.ttf); font-weight: 600 }
@font-face { font-family: Page; src: url(file://%(fonts)s/SourceSansPro-Bold.ttf); font-weight: 700 }
@page { size: A4; margin: 18mm 20mm 24mm;
  @bottom-left { content: "%(legal)s"; font: 7.5pt Page; color: %(muted)s; width: 80%% }
  @bottom-right { font: 7.5pt Page; color: %(muted)s;
    content: "Page " counter(page) " sur " counter(pages) } }
body { font: 10.5pt/1.15 Page; color: %(ink)s; margin: 0 }
header { display: flex; gap: 10pt; align-items: center; padding-bottom: 4pt }
header { border-bottom: 1.5pt solid %(brand)s }
header img { height: 13mm } header div { flex: 1 } header b { font-size: 13pt; color: %(brand)s }
small, header span { font-size: 8.5pt; color: %(muted)s }
h1 { font-size: 20pt; margin: 20pt 0 14pt } h2 { font-size: 12.5pt; color: %(brand)s; margin: 18pt 0 9pt }
h3 { font-size: 11pt; font-weight: 600; margin: 16pt 0 5pt; break-after: avoid }
dl { display: grid; grid-template-columns: 5.2cm 1fr; row-gap: 4pt; margin: 0 }
dt { color: %(muted)s } dd { margin: 0 }
.paid { font-size: 19pt; font-weight: 700; color: %(brand)s } h3 + p { margin: 0 0 8pt; break-after: avoid }
table { width: 100%%; border-collapse: collapse; table-layout: fixed }
table { font-size: 9pt; font-variant-numeric: tabular-nums }
th { background: %(soft)s; font-weight: 600; border-bottom: 1pt solid %(brand)s; vertical-align: top }
th, td { padding: 4.5pt 5pt; text-align: left; box-sizing: border-box; line-height: 1.1 }
td { border-bottom: .5pt solid %(line)s; vertical-align: top }
tr { break-inside: avoid } tfoot { display: table-row-group } tfoot td { font-weight: 700 }
.sums :is(th, td):last-child, .care :is(th, td):nth-child(n + 4) { text-align: right }
.sums th:last-child { width: 3cm } .care th { width: 1.75cm }
.care th:nth-child(1), .care th:nth-child(3) { width: 1.9cm } .care th:nth-child(2) { width: auto }
"""


def main(folder: Path, count: int) -> None:
    words = json.loads((folder / "words.json").read_text())
    shell = json.loads((folder / "shell.json").read_text())
    fonts = FontConfiguration()
    style = CSS(string=STYLE % shell, font_config=fonts)
    for one in words[:WARM_UP]:
        printed(one, shell, style, fonts)
    start, used = time.perf_counter(), time.process_time()
    papers = [printed(one, shell, style, fonts) for one in words[WARM_UP : WARM_UP + count]]
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    (folder / "theirs.pdf").write_bytes(papers[-1])
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu, "documents": count, "bytes": len(papers[-1])}))


def printed(words: dict, shell: dict[str, str], style: CSS, fonts: FontConfiguration) -> bytes:
    page = HTML(string=page_of(words, shell), base_url="file:///")
    return page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


def page_of(words: dict, shell: dict[str, str]) -> str:
    facts = "".join(f"<dt>{escape(term)}</dt><dd>{escape(value)}</dd>" for term, value in words["facts"])
    payments = "".join(
        f"<h3>{escape(one['title'])}</h3><p>{escape(one['payee'])}<br><b>{escape(one['paid'])}</b></p>"
        + table("care", one["head"], [[row[0], care(row[1]), *row[2:]] for row in one["rows"]], one["foot"])
        for one in words["payments"]
    )
    return (
        f'<!doctype html><html lang="fr"><head><title>{escape(shell["title"])}</title></head><body>'
        f'<header><img src="file://{shell["logo"]}" alt=""><div><b>{escape(shell["name"])}</b><br>'
        f"<span>{escape(shell['space'])}</span></div><span>{shell['phone']}<br>{shell['email']}</span></header>"
        f"<h1>{escape(shell['title'])}</h1><dl>{facts}</dl><p>{escape(words['answer'])}<br>"
        f'<span class="paid">{escape(words["paid"])}</span></p>'
        f"{table('sums', words['sums_head'], words['sums'], words['sums_foot'])}"
        f"<h2>{escape(words['payments_title'])}</h2>{payments}<p><small>{escape(words['closing'])}</small></p>"
        "</body></html>"
    )


def care(words: list[str]) -> str:
    rest = "".join(f"<br><small>{escape(word)}</small>" for word in words[1:] if word)
    return f"<b>{escape(words[0])}</b>{rest}"


def table(kind: str, head: list[str], rows: list[list[str]], foot: list[str]) -> str:
    cells = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join("<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in rows)
    last = "".join(f"<td>{escape(one)}</td>" for one in foot)
    return (
        f'<table class="{kind}"><thead><tr>{cells}</tr></thead><tbody>{body}</tbody>'
        f"<tfoot><tr>{last}</tr></tfoot></table>"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
