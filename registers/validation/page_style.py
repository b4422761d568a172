"""The style sheet of the report page: no font, picture or file from outside.

Colours keep a contrast of at least 4.5 to 1 on white. One language is shown at a time by the
radio button that is chosen; a browser that cannot do so shows all four, one after another.
"""

_BASE = """
*, *::before, *::after { box-sizing: border-box; }
body { background: #fff; color: #1d2125; font: 1rem/1.5 system-ui, sans-serif;
  margin: 0 auto; max-width: 64rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 1rem 0; }
h2 { border-top: 1px solid #b1b4b6; font-size: 1.35rem; line-height: 1.25;
  margin: 2rem 0 .75rem; padding-top: 1rem; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
h4 { font-size: 1rem; margin: .75rem 0 .25rem; }
p, ul, dl { margin: .5rem 0; max-width: 45rem; }
ul { padding-left: 1.25rem; }
li { margin: .35rem 0; }
code { background: #f1f3f4; border-radius: .2rem; display: inline-block; font-size: .9em;
  max-width: 100%; padding: 0 .2em; }
a { color: #1a4d8f; }
:focus-visible { outline: 3px solid #1a4d8f; outline-offset: 2px; }
.languages { border: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; }
.languages legend { color: #505a5f; font-size: .875rem; padding: 0; }
.languages label { align-items: center; cursor: pointer; display: inline-flex; gap: .35rem;
  min-height: 2rem; }
.languages input { accent-color: #1a4d8f; height: 1.1rem; margin: 0; width: 1.1rem; }
.verdict { border-left: .5rem solid; max-width: 45rem; padding: .5rem 1rem; }
.verdict p { margin: .25rem 0; }
.verdict p:first-child { font-size: 1.2rem; font-weight: 700; }
.clean { background: #eef7f1; border-color: #00703c; }
.some { background: #fdf6e3; border-color: #8a6100; }
.unusable { background: #fcebec; border-color: #b10e1e; }
.mark { border: 1px solid; border-radius: .2rem; font-size: .875rem; padding: 0 .35rem; }
.mark.refused { color: #a00c1a; }
.mark.warned { color: #735100; }
.mark.good { color: #00592f; }
.mark.other { color: #505a5f; }
.quiet { color: #505a5f; }
.first li, .warnings li { margin-bottom: .75rem; }
table { border-collapse: collapse; width: 100%; }
caption { color: #505a5f; padding-bottom: .5rem; text-align: left; }
table { overflow-wrap: normal; }
th, td { border-bottom: 1px solid #b1b4b6; padding: .35rem .5rem; text-align: right;
  vertical-align: top; }
th:first-child, td:last-child, th:last-child { text-align: left; }
tbody th { font-weight: 600; }
tfoot th, tfoot td { font-weight: 700; }
td { font-variant-numeric: tabular-nums; white-space: nowrap; }
dt { font-weight: 600; margin-top: .5rem; }
dd { margin: 0; }
"""

_NARROW = """
@media (max-width: 48rem) {
  thead { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
  table, caption, tbody, tfoot, tr { display: block; overflow-wrap: anywhere; }
  tr { border-bottom: 1px solid #b1b4b6; padding: .6rem 0; }
  th, td, th:first-child, td:last-child { border: 0; display: flex; gap: 1rem;
    justify-content: space-between; padding: .1rem 0; text-align: right; white-space: normal; }
  tbody th:first-child, tfoot th:first-child { display: block; text-align: left; }
  td::before { color: #505a5f; content: attr(data-label); font-weight: 400; text-align: left; }
}
"""

_WIDE = """
@media (min-width: 48.01rem) {
  dl { column-gap: 1.5rem; display: grid; grid-template-columns: minmax(12rem, max-content) 1fr;
    max-width: none; row-gap: .4rem; }
  dt { margin: 0; }
}
"""

_PRINT = """
@media print {
  body { font-size: 10pt; max-width: none; padding: 0; }
  .languages { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, h3, h4 { break-after: avoid; }
  tr, li, .verdict { break-inside: avoid; }
}
"""


def style(languages: tuple[str, ...]) -> str:
    """The style sheet of a page with one part per language (class `part`, id of its radio)."""
    shown = ", ".join(f"body:has(#show-{code}:checked) .part-{code}" for code in languages)
    rules = f".part {{ display: none; }}\n{shown} {{ display: block; }}"
    choice = f"@supports selector(:has(a)) {{\n{rules}\n}}\n"
    return f"{_BASE}{choice}{_NARROW}{_WIDE}{_PRINT}"
