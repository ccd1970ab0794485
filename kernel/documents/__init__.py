"""Documents of every kind: PDF, spreadsheets, CSV and charts. Knows no noun of the domain.

Each module is imported by itself, so that a page that streams CSV does not load matplotlib:

- `typeset.render_pdf`: a typst template and data, to a tagged PDF
- `glyphs.missing_glyphs`, `glyphs.printable`: what the portal's fonts can print
- `merge.append_pdfs`: attachments behind a document
- `sheets.Workbook`, `workbooks.read_xlsx`: XLSX out and in
- `tables.stream_csv`, `tables.read_csv`: CSV out and in
- `charts`: figures as SVG and PNG

None needs Django's settings: fonts and templates are found beside the code, and each function takes other paths.
What cannot be made or read raises `errors.DocumentError`, which carries a code and named parameters, never a sentence.
"""
