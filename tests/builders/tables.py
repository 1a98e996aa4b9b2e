"""What stands in the tables of a page, cell by cell, as somebody reads it."""

from html.parser import HTMLParser


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self.in_cell = True
        elif tag in {"br", "li"}:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.in_cell = False

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.tables[-1][-1][-1] += data


def tables_of(page: str) -> list[list[list[str]]]:
    """The tables of a page: rows of cells, with white space as it is seen."""
    parser = _Tables()
    parser.feed(page)
    return [[[" ".join(cell.split()) for cell in row] for row in t] for t in parser.tables]


def table_of(page: str) -> list[list[str]]:
    """The first table of a page."""
    return tables_of(page)[0]
