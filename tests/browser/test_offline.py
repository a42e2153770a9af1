"""The offline copy: the whole site without a network, never two versions on one page, told and removed in plain words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from browser.axe import blemishes
from browser.watch import DESK, PHONE, Reader, Site, serve
from projects import build, buildable
from small import small_text

DEVICE, VISIT = "on-this-device.html", "procedures/visit/index.html"
CHECKLIST = "procedures/visit/visit.checklist.yml"
OLD, NEW = "听完再记", "听完马上记"


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small site, and the same a day later: one step and one word of the interface's script differ."""
    folder = tmp_path_factory.mktemp("offline")
    root = buildable(folder / "project")
    build(root, folder / "old")
    changed = small_text(CHECKLIST).replace(OLD, NEW)
    (root / CHECKLIST).write_text(changed, "utf-8")
    base = root / "docs/assets/base.js"
    base.write_text(base.read_text("utf-8") + "window.portalNewer = true;\n", "utf-8")
    build(root, folder / "new")
    return {"old": (folder / "old").resolve(), "new": (folder / "new").resolve()}


class Host:
    """A web server whose site can be swapped, and readers with a device of their own."""

    def __init__(self, chromium: Browser, folder: Path, versions: dict[str, Path], address: str) -> None:
        self.chromium, self.link, self.versions = chromium, folder, versions
        self.site = Site(folder, address)
        self.readers: list[Reader] = []

    def show(self, version: str) -> None:
        """Swap the site in one rename, as publishing does."""
        fresh = self.link.with_name("fresh")
        fresh.symlink_to(self.versions[version])
        fresh.replace(self.link)

    def reader(self, **settings: object) -> Reader:
        """A reader with a new device."""
        self.readers.append(Reader(self.chromium, self.site, "http", workers=True, **settings))  # type: ignore[arg-type]
        return self.readers[-1]


@pytest.fixture
def host(chromium: Browser, versions: dict[str, Path], tmp_path: Path) -> Iterator[Host]:
    """The old version is on the server first."""
    link = tmp_path / "www"
    link.symlink_to(versions["old"])
    with serve(link) as address:
        made = Host(chromium, link, versions, address)
        yield made
        for one in made.readers:
            one.close()


@contextmanager
def no_network(one: Reader) -> Iterator[None]:
    """The device loses its network."""
    one.page.context.set_offline(True)
    yield
    one.page.context.set_offline(False)


def keep(one: Reader) -> None:
    """A first visit: the copy comes by itself, and the page that tells about it says so."""
    one.open(DEVICE)
    expect(one.find(".device__state")).to_contain_text("已经存好", timeout=20_000)


def until(page: Page, condition: str) -> None:
    """Wait, across navigations, until the page says yes. (Playwright's own waiting needs `eval`, which the pages forbid.)"""
    for _ in range(100):
        with suppress(Error):
            if page.evaluate(condition):
                return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def newer(page: Page) -> bool:
    """Did the page get the script of the new version?"""
    return bool(page.evaluate("window.portalNewer === true"))


def step(page: Page) -> str:
    """The words of the step that differs."""
    return page.locator("#visit--listen label").inner_text()


def caches(page: Page) -> list[str]:
    """The caches of this origin."""
    return sorted(page.evaluate("caches.keys()"))


class TestWithoutNetwork:
    def test_every_page_opens_after_the_first_visit(self, host: Host) -> None:
        one = host.reader()
        keep(one)
        with no_network(one):
            for address in host.site.pages():
                one.open(address)
                assert one.find("h1").count() == 1, address
            one.open("")
            assert one.find(".home").count() == 1
        assert one.bad == []

    def test_the_search_works(self, host: Host) -> None:
        one = host.reader(size=DESK)
        keep(one)
        with no_network(one):
            one.open("about.html" if "about.html" in host.site.pages() else "index.html")
            one.quiet()
            assert VISIT in one.search("回执")

    def test_an_unknown_page_says_so(self, host: Host) -> None:
        one = host.reader()
        keep(one)
        with no_network(one):
            answer = one.page.goto(f"{one.root}/nowhere.html")
            assert answer is not None and answer.status == 404
            assert one.find("h1").inner_text() == "没有这一页"

    def test_the_list_names_every_file_a_page_may_ask_for(self, versions: dict[str, Path]) -> None:
        folder = versions["old"]
        listed = set(json.loads((folder / "offline.json").read_text("utf-8"))["files"])
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        left = {name for name in there - listed if not name.endswith((".map", ".gz"))}
        left = {name for name in left if "lunr/" not in name and not name.startswith("assets/pictures/")}
        assert left == {"build.json", "sw.js", "offline.json", "sitemap.xml", "search/search_index.js"}
        assert listed <= there


class TestNewVersion:
    def test_the_old_one_stays_whole_until_the_reader_agrees(self, host: Host) -> None:
        one = host.reader()
        keep(one)
        host.show("new")
        one.open(VISIT)
        expect(one.find(".portal-note")).to_contain_text("网站有新版", timeout=20_000)
        assert (OLD in step(one.page), newer(one.page)) == (True, False)
        one.page.reload()
        assert (OLD in step(one.page), newer(one.page)) == (True, False)
        one.open(DEVICE)
        one.find(".device__acts button").filter(has_text="换成新版").click()
        until(one.page, "window.portalNewer === true")
        one.open(VISIT)
        assert (NEW in step(one.page), newer(one.page)) == (True, True)

    def test_another_tab_keeps_its_version_and_is_told(self, host: Host) -> None:
        one = host.reader()
        keep(one)
        other = one.page.context.new_page()
        other.goto(f"{one.root}/{VISIT}")
        host.show("new")
        one.open("index.html")
        one.find(".portal-note button").filter(has_text="换成新版").click(timeout=20_000)
        until(one.page, "window.portalNewer === true")
        expect(other.locator(".portal-note")).to_contain_text("这一页还是旧版")
        late = other.evaluate("fetch('../../assets/base.js').then(answer => answer.text())")
        assert "portalNewer" not in late, "a page of the old version gets the files of the old version"
        assert len([name for name in caches(one.page) if not name.endswith(" tabs")]) == 2
        other.close()
        for _ in range(20):  # a tab that was closed this moment may still count as open: the next page asks again
            one.open(VISIT)
            one.page.wait_for_timeout(200)
            if len(caches(one.page)) == 2:
                break
        assert len(caches(one.page)) == 2, "the copy that no tab uses is gone"
        assert (NEW in step(one.page), newer(one.page)) == (True, True)

    def test_a_site_swapped_in_the_middle_is_not_taken(self, host: Host) -> None:
        """The worker and its list are of the old version, the files of the new one: no copy is better than a mixed one."""
        one = host.reader()
        mixed = host.link.parent / "mixed"
        shutil.copytree(host.versions["new"], mixed)
        for name in ("sw.js", "offline.json"):
            shutil.copy2(host.versions["old"] / name, mixed / name)
        host.versions = {**host.versions, "mixed": mixed}
        host.show("mixed")
        one.open(DEVICE)
        expect(one.find(".device__state")).to_contain_text("没有存成", timeout=20_000)
        host.show("new")
        one.find(".device__acts button").filter(has_text="现在存一份").click()
        expect(one.find(".device__state")).to_contain_text("已经存好", timeout=20_000)

    def test_only_what_changed_is_fetched_again(self, host: Host) -> None:
        one = host.reader()
        keep(one)
        host.show("new")
        before = len(one.requests)
        one.page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
        expect(one.find(".device__acts button").filter(has_text="换成新版")).to_be_visible(timeout=20_000)
        asked = {address.removeprefix(one.root + "/") for address in one.requests[before:]}
        assert "assets/portal.css" not in asked and "assets/icons/icon-512.png" not in asked


class TestKept:
    def test_it_can_be_removed_and_stays_away(self, host: Host) -> None:
        one = host.reader()
        keep(one)
        one.page.on("dialog", lambda dialog: dialog.accept())
        one.find(".device__acts button").filter(has_text="删掉离线副本").click()
        expect(one.find(".device__state")).to_contain_text("还没有存")
        assert caches(one.page) == []
        assert one.page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
        one.open(VISIT)
        one.page.wait_for_timeout(2500)
        assert caches(one.page) == []

    def test_everything_can_be_removed(self, host: Host) -> None:
        one = host.reader()
        keep(one)
        one.page.evaluate(
            "portal.store.write('form:note:1', {name: '<b>某某</b>', values: {}}); portal.store.write('elder', true)"
        )
        one.page.reload()
        rows = one.find(".device__records li")
        expect(rows.filter(has_text="填过的表：<b>某某</b>")).to_have_count(1)
        one.page.on("dialog", lambda dialog: dialog.accept())
        rows.filter(has_text="填过的表").locator("button").click()
        expect(rows.filter(has_text="填过的表")).to_have_count(0)
        assert one.page.evaluate("document.activeElement.tagName") == "BUTTON"
        one.find("button").filter(has_text="删掉这台设备上的全部内容").click()
        expect(one.find(".device__state")).to_contain_text("还没有存")
        assert caches(one.page) == []
        kept = one.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('xinfang')).sort()")
        assert kept == ["xinfang-guide:offline", "xinfang-guide:since"], (
            "that no copy is wanted, and when all was removed"
        )

    @pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (360, "light"), (768, "light"), (1440, "dark")])
    def test_the_page_is_accessible_at_every_width(self, host: Host, scheme: str, width: int) -> None:
        one = host.reader(scheme=scheme, size={"width": width, "height": 740})
        keep(one)
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width
        low = "buttons => buttons.filter(button => button.offsetHeight < 44 && button.checkVisibility()).length"
        assert one.find(".device button").evaluate_all(low) == 0
        assert blemishes(one) == []

    def test_the_message_is_reached_by_keyboard(self, host: Host) -> None:
        one = host.reader(size=PHONE)
        keep(one)
        host.show("new")
        one.open(VISIT)
        expect(one.find(".portal-note")).to_have_attribute("role", "status", timeout=20_000)
        assert blemishes(one) == []
        one.find(".portal-note button").first.focus()
        one.page.keyboard.press("Enter")
        until(one.page, "window.portalNewer === true")


class TestWhereThereIsNone:
    def test_a_folder_needs_no_copy(self, chromium: Browser, versions: dict[str, Path]) -> None:
        one = Reader(chromium, Site(versions["old"], "http://unused"), "file", workers=True)
        one.open(DEVICE)
        expect(one.find(".device__state")).to_contain_text("从文件夹打开")
        one.page.wait_for_timeout(2000)
        one.close()
        assert one.bad == []

    def test_a_browser_without_workers_is_left_alone(self, chromium: Browser, host: Host) -> None:
        one = Reader(chromium, host.site, "http")
        one.open(DEVICE)
        expect(one.find(".device__state")).to_contain_text("这里不能存离线副本")
        one.page.wait_for_timeout(2000)
        one.close()
        assert one.bad == []
        assert not any("sw.js" in address for address in one.requests)

    def test_without_script_the_page_says_how(self, chromium: Browser, host: Host) -> None:
        one = Reader(chromium, host.site, "http", script=False)
        one.open(DEVICE)
        assert "清除“网站数据”" in one.find("article").inner_text()
        assert not one.find(".device").is_visible()
        one.close()

    def test_a_device_without_space_says_so(self, host: Host) -> None:
        one = host.reader()
        one.open("index.html")
        session = one.page.context.new_cdp_session(one.page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": one.root, "quotaSize": 20_000})
        one.open(DEVICE)
        expect(one.find(".device__state")).to_contain_text("空间不够", timeout=20_000)

    def test_the_first_page_is_not_slowed(self, host: Host) -> None:
        """Nothing of the copy is asked for before the page has loaded."""
        one = host.reader()
        one.open(VISIT)
        one.page.wait_for_load_state("load")
        assert not any(address.endswith(("sw.js", "offline.json")) for address in one.requests)


def test_it_can_be_installed(host: Host) -> None:
    one = host.reader()
    one.open("procedures/visit/index.html")
    answer = one.page.context.new_cdp_session(one.page).send("Page.getAppManifest")
    manifest = json.loads(answer["data"])
    assert answer["errors"] == []
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("index.html", "./", "standalone")
    for icon in manifest["icons"]:
        size = int(icon["sizes"].partition("x")[0])
        data = (host.site.folder / icon["src"]).read_bytes()
        assert (data[:8], int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (
            b"\x89PNG\r\n\x1a\n",
            size,
            size,
        )
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
