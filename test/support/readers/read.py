"""Opens a workbook, a deck or a PDF with a reader that has nothing to do with what wrote it, and prints it as JSON."""

import datetime
import json
import sys
import zipfile


def read_xlsx(path):
    import openpyxl

    def cell(each):
        value = each.value
        if isinstance(value, datetime.datetime):
            value = value.date().isoformat()
        return {"value": value, "type": each.data_type, "format": each.number_format}

    sheets = []
    for sheet in openpyxl.load_workbook(path):
        sheets.append(
            {
                "name": sheet.title,
                "frozen": sheet.freeze_panes,
                "filter": sheet.auto_filter.ref,
                "printTitles": sheet.print_title_rows,
                "printColumns": sheet.print_title_cols,
                "pagesAcross": sheet.page_setup.fitToWidth,
                "printArea": sheet.print_area or None,
                "widths": [each.width for each in sheet.column_dimensions.values()],
                "rows": [[cell(each) for each in row] for row in sheet.iter_rows()],
            }
        )
    with zipfile.ZipFile(path) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        formulas = sum(parts.read(name).count(b"<f>") + parts.read(name).count(b"<f ") for name in names)
    return {"sheets": sheets, "formulas": formulas}


def read_pptx(path):
    from pptx import Presentation

    slides = []
    for slide in Presentation(path).slides:
        texts, charts, tables, fonts, bottoms = [], [], [], set(), []
        for shape in slide.shapes:
            bottoms.append((shape.top + shape.height) / 914400)
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
                for paragraph in shape.text_frame.paragraphs:
                    fonts.update(run.font.name for run in paragraph.runs if run.font.name)
            if shape.has_chart:
                plot = shape.chart.plots[0]
                charts.append(
                    {
                        "type": str(shape.chart.chart_type),
                        "categories": list(plot.categories),
                        "series": [{"name": s.name, "values": list(s.values)} for s in plot.series],
                        "names": name_points(shape.chart),
                        "workbook": len(shape.chart.part.chart_workbook.xlsx_part.blob),
                    }
                )
            if shape.has_table:
                tables.append([[each.text for each in row.cells] for row in shape.table.rows])
        slides.append(
            {"texts": texts, "charts": charts, "tables": tables, "fonts": sorted(fonts), "bottom": max(bottoms)}
        )
    return {"slides": slides}


def name_points(chart):
    size = chart.category_axis.tick_labels.font.size
    return None if size is None else size.pt


def read_pdf(path):
    from pypdf import PdfReader

    reader = PdfReader(path)
    links = [
        str(each.get_object().get("/A", {}).get("/URI", ""))
        for page in reader.pages
        for each in page.get("/Annots") or []
    ]
    return {
        "pages": [
            {"width": float(page.mediabox.width), "height": float(page.mediabox.height), "text": page.extract_text()}
            for page in reader.pages
        ],
        "links": [link for link in links if link],
        "title": reader.metadata.title,
    }


def read_eml(path):
    import email
    import email.policy

    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    return {
        "headers": {name.lower(): str(value) for name, value in message.items()},
        "structure": [part.get_content_type() for part in message.walk()],
        "text": message.get_body(("plain",)).get_content(),
        "html": message.get_body(("html",)).get_content(),
        "attachments": {part.get_filename(): len(part.get_payload(decode=True)) for part in parts if part.get_filename()},
    }


READERS = {"xlsx": read_xlsx, "pptx": read_pptx, "pdf": read_pdf, "eml": read_eml}
path = sys.argv[1]
print(json.dumps(READERS[path.rsplit(".", 1)[1]](path), ensure_ascii=False))
