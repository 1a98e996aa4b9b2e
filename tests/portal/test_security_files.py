"""Of the machine's files, the portal serves and tells those that were published, and no others."""

from collections.abc import Callable

import pytest

from portal.models import Role
from portal.settings import Settings
from tests.builders.browser import PortalClient
from tests.builders.site_trees import publish_site

SignIn = Callable[..., PortalClient]
UP = "../" * 12


@pytest.fixture(autouse=True)
def _published(settings: Settings) -> None:
    publish_site(settings.site_dir)


@pytest.fixture
def reader(sign_in: SignIn) -> PortalClient:
    """Somebody who may read either tree."""
    return sign_in(Role.LEARNER)


@pytest.mark.parametrize("tree", ["guidance", "staff"])
@pytest.mark.parametrize("path", [f"{UP}etc", f"{UP}tmp", "..", "../staff", "leave/../../public"])
def test_nobody_learns_which_folders_the_machine_has(
    reader: PortalClient, tree: str, path: str
) -> None:
    answer = reader.get(f"/{tree}/{path}")

    assert answer.status_code == 404
    assert answer.location is None


@pytest.mark.parametrize("place", ["/guidance/", "/staff/", "/static/"])
@pytest.mark.parametrize("end", ["", "/", ".css?v=1"])
def test_a_name_that_no_file_can_have_is_not_found(
    reader: PortalClient, place: str, end: str
) -> None:
    assert reader.get(f"{place}{'a' * 300}{end}").status_code == 404
    assert reader.get(f"{place}{'a/' * 2500}{end}").status_code in {308, 404}


@pytest.mark.parametrize(
    "path",
    [
        f"{UP}etc/passwd",
        f"leave/{UP}etc/passwd",
        "....//....//etc/passwd",
        "%252e%252e/csp.json",
        "..;/csp.json",
        "\\..\\csp.json",
        "C:\\windows\\win.ini",
        "\\\\host\\share",
        ".git/config",
        "../../portal.db",
        "%ff%fe",
        "leave/index.html/more",
        "leave\r\nSet-Cookie: a=b",
    ],
)
@pytest.mark.parametrize("place", ["/guidance/", "/staff/", "/static/"])
def test_no_path_leads_out(reader: PortalClient, place: str, path: str) -> None:
    answer = reader.get(place + path, follow_redirects=True)

    assert answer.status_code in {400, 404}
    for word in ("root:", "script_hashes", "SQLite format"):
        assert word not in answer.text
    assert "a=b" not in str(answer.headers)


def test_no_page_for_staff_is_told_to_a_visitor(client: PortalClient, settings: Settings) -> None:
    tree = settings.site_dir.resolve() / "staff"
    pages = [str(each.relative_to(tree)) for each in tree.rglob("*") if each.is_file()]

    for page in [*pages, "", "leave/", "no-such/", f"{'a' * 300}"]:
        answer = client.get(f"/staff/{page}")
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in?next=")
        assert "staff front" not in answer.text

    assert len(pages) == 3
