"""What stands around the words of a page: its facts, contents, foot, lists and navigation.

Templates make the HTML, with everything escaped; this module brings their values.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.pages import Kind, Page, Section, Visibility
from site_builder.addresses import A_TO_Z, KINDS, Place, path_of, path_of_kind
from site_builder.documents import Document
from site_builder.trees import Tree, TreeName, Uses
from site_builder.words import count_of, date_in_words

LATEST = 3
# A navigation of all pages would make a site grow with the square of their number.
MOST_IN_NAVIGATION = 20
MOST_AIDES = 5
# The pages that every foot names, in this order, where they have been written.
FOOTER = (
    ("accessibility", "Accessibility"),
    ("privacy", "Privacy"),
    ("what-we-hold", "What we hold about you"),
    ("contact", "Contact"),
)
CONTACT = "contact"


@dataclass(frozen=True)
class Link:
    """A link of the furniture. `note` stands beside or under it."""

    address: str
    title: str
    note: str = ""
    current: bool = False
    staff: bool = False


class Furniture:
    """Makes the furniture of one tree. `portal_url` is the address of "My training"."""

    def __init__(
        self, tree: Tree, title: str, portal_url: str, *, demonstration: bool = False
    ) -> None:
        self._tree = tree
        self._title = title
        self._portal_url = portal_url
        self._demonstration = demonstration
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["date_in_words"] = date_in_words

    def lead(self, page: Page, place: Place, intro: str) -> str:
        """What follows the title: the answer, the facts, the contents; on the front, the search."""
        template = "front.html" if page.slug == "index" else "lead.html"
        return self._fill(
            template,
            page=page,
            intro=intro,
            audience=", ".join(self._tree.roles.get(role, role) for role in page.audience),
            owner=self._tree.roles.get(page.owner, page.owner),
            minutes=count_of(page.minutes, "minute"),
            laws=[self._tree.references[slug] for slug in page.legislation],
            laws_in_words=count_of(
                len(page.legislation), "provision or source", "provisions or sources"
            ),
            contents=_contents(page.sections),
            staff_only=page.visibility is Visibility.STAFF,
            a_to_z=place.to(A_TO_Z),
        )

    def foot(self, page: Page, place: Place) -> str:
        """What follows the last section."""
        uses = self._tree.uses.get(page.slug, Uses())
        aides = self._tree.of_kind(Kind.AIDE_MEMOIRE)
        return self._fill(
            "latest.html" if page.slug == "index" else "foot.html",
            quizzes=[Link(self._quiz(slug), title) for slug, title in uses.tested_by],
            programmes=[Link(self._portal_url, title) for _, title in uses.taught_in],
            contact=place.to(path_of(CONTACT)) if CONTACT in self._tree.pages else None,
            latest=[self._link(page, place) for page in self._latest()],
            aides=[self._link(each, place) for each in aides[:MOST_AIDES]],
        )

    def navigation(self, document: Document) -> str:
        """The pages beside this one, and the way to the lists of all others."""
        place, page = document.place, document.page
        if place.path == "":
            return ""
        own = page.kind if page else None
        others = [each for each in KINDS if each is not own and self._tree.of_kind(each)]
        return self._fill(
            "navigation.html",
            contents=_contents(page.sections) if page else [],
            heading=self._kind(page.kind, place) if page else None,
            pages=[self._link(each, place) for each in self._beside(page)] if page else [],
            others=[self._kind(each, place) for each in others],
            a_to_z=Link(place.to(A_TO_Z), "A to Z", current=place.path == A_TO_Z),
        )

    def breadcrumbs(self, document: Document) -> str:
        """The way up from here. The front page has none above it."""
        if document.place.path == "":
            return ""
        above = [Link(document.place.to(""), "Home")]
        if document.page and document.kind:
            above.append(self._kind(document.kind, document.place))
        return self._fill("breadcrumbs.html", above=above)

    def listing(self, name: str, place: Place) -> str:
        """The list of all pages of a kind, or of all pages from A to Z."""
        if name == "a-z":
            return self._a_to_z(place)
        pages = self._tree.of_kind(Kind(name))
        return self._fill("listing.html", pages=[self._link(page, place) for page in pages])

    def product(self, place: Place) -> str:
        """The name of the product, in the bar."""
        return self._fill("product.html", home=place.to(""), title=self._title)

    def services(self, place: Place) -> str:
        """The bar that site and portal share."""
        guidance = Link(place.to(""), "Guidance", current=True)
        mine = Link(self._portal_url, "My training")
        return self._fill(
            "services.html", links=[guidance, mine], demonstration=self._demonstration
        )

    def footer(self, place: Place) -> str:
        """The foot of every page."""
        named = [(slug, title) for slug, title in FOOTER if slug in self._tree.pages]
        links = [Link(place.to(path_of(slug)), title) for slug, title in named]
        staff = self._tree.name is TreeName.STAFF
        return self._fill("footer.html", links=links, staff=staff)

    def not_found(self, place: Place) -> str:
        """What the page says that is shown where there is none."""
        return self._fill("not-found.html", home=place.to(""), a_to_z=place.to(A_TO_Z))

    def _a_to_z(self, place: Place) -> str:
        pages = sorted(self._tree.by_title, key=lambda page: (_sorted_as(page.title), page.slug))
        letters = [
            (letter, [self._link(page, place) for page in group])
            for letter, group in groupby(pages, key=lambda page: _letter(page.title))
        ]
        return self._fill("a-to-z.html", letters=letters)

    def _beside(self, page: Page) -> Sequence[Page]:
        """The pages of its kind; where they are many, those that share a topic with it."""
        pages = self._tree.of_kind(page.kind)
        if len(pages) > MOST_IN_NAVIGATION:
            pages = tuple(each for each in pages if set(each.topics) & set(page.topics))
        return pages[:MOST_IN_NAVIGATION]

    def _latest(self) -> Sequence[Page]:
        newest = sorted(self._tree.by_title, key=lambda page: page.issued_on, reverse=True)
        return [page for page in newest if page.kind is not Kind.INFORMATION][:LATEST]

    def _link(self, page: Page, place: Place) -> Link:
        path = path_of(page.slug)
        return Link(
            place.to(path),
            page.title,
            page.summary,
            current=path == place.path,
            staff=page.visibility is Visibility.STAFF,
        )

    def _kind(self, kind: Kind, place: Place) -> Link:
        path = path_of_kind(kind)
        return Link(place.to(path), KINDS[kind][1], current=path == place.path)

    def _quiz(self, slug: str) -> str:
        return urljoin(self._portal_url, f"../quizzes/{slug}/")

    def _fill(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(values)


def _contents(sections: Iterable[Section]) -> list[tuple[Section, list[Section]]]:
    """The sections of level 2, each with those below it."""
    contents: list[tuple[Section, list[Section]]] = []
    for section in sections:
        if section.level == 2 or not contents:
            contents.append((section, []))
        else:
            contents[-1][1].append(section)
    return contents


def _sorted_as(title: str) -> str:
    """A title without its article, as a reader would look it up."""
    words = title.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("a", "an", "the") else words)


def _letter(title: str) -> str:
    first = _sorted_as(title)[:1].upper()
    return first if first.isalpha() else "0–9"
