"""Writes the Word templates of letters (函件模板) into the pack, laid out after the letter form of GB/T 9704-2012.

What is known of the standard stands in the constants below; fonts are named in the styles and never shipped.
Run only to make the templates anew: `python -m shouwang.faces.office.letters.layout`. An office edits a copy of its
own in its home folder.
"""

from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from shouwang.policy.shipped import PACKS, USUAL

FOLDER = PACKS / USUAL / "letters"
RED = RGBColor(0xE0, 0x00, 0x00)
# A4; top 37 mm, left 28, bottom 35, right 26: a text block of 156 x 225 mm with 22 lines.
TOP, LEFT, BOTTOM, RIGHT, NAME_FROM_TOP, RULE_FROM_BOTTOM = 37, 28, 35, 26, 30, 20
# The red rules are 170 mm long: 7 mm beyond the text block on each side.
BEYOND = 7
SIZE_2, SIZE_3, SIZE_4, LINE = Pt(22), Pt(16), Pt(14), Pt(28.9)
TITLE, BODY, KAI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"
KOREAN = "Noto Serif CJK KR"


def main() -> None:
    for language in ("zh", "zh-ko"):
        path = FOLDER / f"official-letter.{language}.docx"
        built(both=language == "zh-ko").save(str(path))


def built(*, both: bool) -> Any:
    document = Document()
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(TOP), Mm(LEFT)
    section.bottom_margin, section.right_margin = Mm(BOTTOM), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(NAME_FROM_TOP), Mm(RULE_FROM_BOTTOM)
    section.different_first_page_header_footer = True
    _head(section, both=both)
    _foot(section)
    put = document.add_paragraph
    document._body.clear_content()
    put("{{ number }}", "函件字号")
    put("{{ title }}", "函件标题")
    put("{{ addressee }}：", "函件主送")
    put("{{ opening }}", "函件正文")
    put("{%p for line in lines %}", "函件正文")
    put("{{ loop.index }}.{{ line }}", "函件正文")
    put("{%p endfor %}", "函件正文")
    put("{%p for part in asks %}", "函件正文")
    put("{{ part }}", "函件末段")
    put("{%p endfor %}", "函件正文")
    put("", "函件末段")
    put("{{ issuer }}", "函件署名")
    put("{{ date }}", "函件日期")
    put("{%p if contact %}", "函件正文")
    put("（联系人：{{ contact }}）", "函件正文")
    put("{%p endif %}", "函件正文")
    if both:
        _korean(put)
    put("{%p if code %}", "函件编码")
    put("{{ code }}", "函件编码")
    put("{%p endif %}", "函件编码")
    return document


def _korean(put: Any) -> None:
    put("{{ title_ko }}", "조선문제목")
    put("{{ addressee_ko }}:", "조선문주송")
    put("{{ opening_ko }}", "조선문본문")
    put("{%p for line in lines_ko %}", "조선문본문")
    put("{{ loop.index }}. {{ line }}", "조선문본문")
    put("{%p endfor %}", "조선문본문")
    put("{%p for part in asks_ko %}", "조선문본문")
    put("{{ part }}", "조선문본문")
    put("{%p endfor %}", "조선문본문")
    put("{{ issuer_ko }}", "조선문서명")
    put("{{ date_ko }}", "조선문서명")


STYLES = (
    ("函件字号", BODY, SIZE_3, WD_ALIGN_PARAGRAPH.RIGHT),
    ("函件标题", TITLE, SIZE_2, WD_ALIGN_PARAGRAPH.CENTER),
    ("函件主送", BODY, SIZE_3, WD_ALIGN_PARAGRAPH.LEFT),
    ("函件正文", BODY, SIZE_3, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("函件末段", BODY, SIZE_3, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("函件署名", BODY, SIZE_3, WD_ALIGN_PARAGRAPH.RIGHT),
    ("函件日期", BODY, SIZE_3, WD_ALIGN_PARAGRAPH.RIGHT),
    ("函件编码", BODY, Pt(9), WD_ALIGN_PARAGRAPH.LEFT),
    ("조선문제목", KOREAN, SIZE_2, WD_ALIGN_PARAGRAPH.CENTER),
    ("조선문주송", KOREAN, SIZE_3, WD_ALIGN_PARAGRAPH.LEFT),
    ("조선문본문", KOREAN, SIZE_3, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("조선문서명", KOREAN, SIZE_3, WD_ALIGN_PARAGRAPH.RIGHT),
)
SIGNED = ("函件署名", "函件日期", "조선문서명")
TWO_CHARACTERS = Pt(32)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _font(normal, BODY, SIZE_3)
    for name, font, size, align in STYLES:
        face = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        face.base_style = normal
        _font(face, font, size)
        shape = face.paragraph_format
        shape.alignment, shape.space_before, shape.space_after = align, Pt(0), Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        _shape(shape, name)
    head = document.styles.add_style("函件红头", WD_STYLE_TYPE.PARAGRAPH)
    _font(head, TITLE, Pt(30))
    head.font.color.rgb = RED
    head.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.space_after = Pt(4)


def _shape(shape: Any, name: str) -> None:
    """What is particular to one kind of paragraph."""
    if name.endswith(("正文", "末段", "본문")):
        shape.first_line_indent = TWO_CHARACTERS
    if name.endswith(("标题", "제목")):
        shape.space_before = shape.space_after = LINE
        shape.line_spacing, shape.keep_with_next = Pt(33), True
    # A signature never stands alone on a page.
    shape.keep_with_next = shape.keep_with_next or name in ("函件末段", "函件署名")
    if name == "조선문제목":
        shape.page_break_before = True
    if name in SIGNED:
        shape.right_indent, shape.keep_together = TWO_CHARACTERS * (2 if name == "函件日期" else 1), True
    if name == "函件编码":
        shape.line_spacing, shape.space_before = Pt(12), LINE


def _font(style: Any, name: str, size: Any) -> None:
    style.font.name, style.font.size, style.font.bold = name, size, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for side in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(side), name)
    # Where a machine lacks the font, the language decides whose form of a character and of a comma stands in for it.
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "ko-KR" if name == KOREAN else "zh-CN")
    style.element.rPr.append(language)


def _head(section: Any, *, both: bool) -> None:
    """The issuing body in red, and the double rule below it: thick above, thin below."""
    first = section.first_page_header
    first.is_linked_to_previous = False
    name = first.paragraphs[0]
    name.style, name.text = "函件红头", "{{ issuer }}"
    if both:
        korean = first.add_paragraph("{{ issuer_ko }}", "函件红头")
        korean.runs[0].font.size = Pt(18)
        fonts = korean.runs[0]._element.get_or_add_rPr().get_or_add_rFonts()
        for side in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(side), KOREAN)
    _rule(first.paragraphs[-1], "bottom", "thickThinSmallGap")
    below = first.add_paragraph("", "函件编码").paragraph_format
    below.space_before, below.line_spacing = Pt(0), Pt(6)
    section.header.is_linked_to_previous = False


def _foot(section: Any) -> None:
    """The second double rule, 20 mm from the lower edge of the first page: thin above, thick below."""
    first = section.first_page_footer
    first.is_linked_to_previous = False
    first.paragraphs[0].style = "函件编码"
    _rule(first.paragraphs[0], "bottom", "thinThickSmallGap")
    other = section.footer
    other.is_linked_to_previous = False
    page = other.paragraphs[0]
    page.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page.add_run("— ").font.size = SIZE_4
    _page_number(page)
    page.add_run(" —").font.size = SIZE_4


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = SIZE_4
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._element.append(mark)


def _rule(paragraph: Any, side: str, sort: str) -> None:
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(-BEYOND)
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for key, value in {"val": sort, "sz": "24", "space": "4", "color": "E00000"}.items():
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._element.get_or_add_pPr().append(borders)


if __name__ == "__main__":
    main()
