"""The page in a real browser: what a reader can do with it, by mouse, by keyboard, on paper."""

from __future__ import annotations

import os
import shutil
import warnings

import pytest
from playwright.sync_api import Page, sync_playwright

import journeymap as jm

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
STEPS = ["Sees an advert", "Test ride", "Pays online"]
MAP = jm.Journey(
    "Buy a bike <script>alert(1)</script>",
    [
        jm.Stage("Discover", [jm.Touchpoint(STEPS[0], emotion=1, thoughts=["Red!"])]),
        jm.Stage(
            "Buy",
            [
                jm.Touchpoint(STEPS[1], emotion=2, moment=True),
                jm.Touchpoint(STEPS[2], emotion=-2, pains=[jm.PainPoint("The card is refused")], metrics=[jm.Metric("refused", value=3)]),
            ],
        ),
    ],
    personas=[jm.Persona("Ana"), jm.Persona("Ben")],
)


@pytest.fixture(scope="module")
def browser():
    executable = os.environ.get("JOURNEYMAP_CHROMIUM") or shutil.which("chromium")
    assert executable, "browser tests need chromium: put it on the PATH, or name it in JOURNEYMAP_CHROMIUM"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser, tmp_path):
    jm.render(MAP).save(tmp_path / "map.html")
    opened = browser.new_page(viewport={"width": 1200, "height": 800})
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda message: troubles.append(message.text))
    opened.on("request", lambda request: troubles.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
    opened.goto((tmp_path / "map.html").as_uri())
    yield opened
    opened.close()
    assert troubles == []


def shown(page: Page) -> str:
    return page.locator(".view:not([hidden])").evaluate("view => `${view.dataset.theme} ${view.dataset.persona}`")


def first(page: Page):
    return page.locator('.view:not([hidden]) [data-role="touchpoint"]')


def test_hovering_tells_and_a_click_opens_all_that_is_known(page):
    first(page).nth(2).hover()
    assert "Pays online" in page.locator("#tip").inner_text()
    first(page).nth(2).click()
    assert page.locator("#panel h2").inner_text() == STEPS[2]
    assert "The card is refused" in page.locator("#panel dl").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_one_tab_stop_and_arrows_between_the_steps(page):
    assert page.locator('.view:not([hidden]) [tabindex="0"]').count() == 1
    page.locator('.view:not([hidden]) [tabindex="0"]').focus()
    focused = "document.activeElement.getAttribute('aria-label')"
    for key, step in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowRight", 2), ("Home", 0), ("End", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        assert STEPS[step] in page.evaluate(focused)
    assert STEPS[1] in page.locator("#tip").inner_text()
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == STEPS[1]


def test_a_hidden_lane_leaves_no_hole(page):
    height = "document.querySelector('.view:not([hidden]) svg').viewBox.baseVal.height"
    key = page.locator('.view:not([hidden]) [data-role="key"]')
    before, top = page.evaluate(height), key.bounding_box()["y"]
    page.click("summary:has-text('Lanes')")
    page.click("button:has-text('Pain points')")
    assert page.locator('.view:not([hidden]) [data-role="lane:pains"]').is_hidden()
    gone = before - page.evaluate(height)
    assert gone > 30
    assert top - key.bounding_box()["y"] == pytest.approx(
        gone * key.bounding_box()["width"] / key.evaluate("e => e.getBBox().width"), abs=3
    )
    page.click("button:has-text('Pain points')")
    assert page.evaluate(height) == before


@pytest.mark.parametrize("options", [{"renderer": "blueprint"}, {"by": "channel"}, {"pages": "a5"}])
def test_nothing_of_a_hidden_lane_is_left_over(browser, tmp_path, options):
    steps = [
        jm.Touchpoint(f"Step {n}", channel=("Web", "Phone", "Shop")[n % 3], emotion=n % 3 - 1, activities=layers(n), pains=fails(n))
        for n in range(6)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on a5 the letters are small
        jm.render(jm.Journey("Way", [jm.Stage("All", steps)]), **options).save(tmp_path / "way.html")
    opened = browser.new_page(viewport={"width": 1200, "height": 800})
    opened.goto((tmp_path / "way.html").as_uri())
    for lane in opened.evaluate("[...document.querySelectorAll('[data-lane]')].map((button) => button.dataset.lane)"):
        press = "(lane) => [...document.querySelectorAll('[data-lane]')].find((button) => button.dataset.lane === lane).click()"
        before = opened.evaluate(PLACES)
        opened.evaluate(press, lane)
        found = opened.evaluate(PLACES)
        assert found["below"] == before["below"] == 0, lane
        assert found["squashed"] == [], lane
        assert found["loose"] == before["loose"] == 0, lane
        opened.evaluate(press, lane)
        assert opened.evaluate(PLACES) == before
    opened.close()


PLACES = """() => {
  const svg = document.querySelector('.view:not([hidden]) svg');
  const [edge, seen] = [svg.getBoundingClientRect(), (e) => e.getClientRects().length && !e.closest('defs')];
  const cards = [...svg.querySelectorAll('[data-about] rect')].filter(seen).map((e) => e.getBoundingClientRect());
  const near = (x, y) => cards.some((box) => x > box.left - 3 && x < box.right + 3 && y > box.top - 3 && y < box.bottom + 3);
  const shafts = [...svg.querySelectorAll('[data-role=arrows] line, [data-role=arrows] path[fill=none]')].filter(seen);
  const ends = shafts.flatMap((e) => [e.getPointAtLength(0), e.getPointAtLength(e.getTotalLength())].map((at) => at.matrixTransform(e.getScreenCTM())));
  const down = 8 * edge.width / svg.viewBox.baseVal.width;
  return {
    below: [...svg.querySelectorAll('rect, line, path, text')].filter(seen).filter((e) => e.getBoundingClientRect().bottom > edge.bottom + 1).length,
    squashed: [...svg.querySelectorAll('rect')].filter(seen).map((e) => Number(e.getAttribute('height'))).filter((height) => height < 2),
    loose: ends.filter((at) => !near(at.x, at.y) && !near(at.x, at.y + down) && !near(at.x + down, at.y)).length,
    foot: edge.height,
  };
}"""


def layers(place: int) -> list[jm.Activity]:
    chosen = ("frontstage-people", "frontstage-technology", "backstage", "support")
    return [jm.Activity(f"{layer} {place}", layer=layer) for index, layer in enumerate(chosen) if (place + index) % 3]


def fails(place: int) -> list[jm.PainPoint]:
    return [jm.PainPoint("It breaks", severity=4)] if place == 2 else []


def test_the_menu_of_lanes_closes_when_it_is_left(page):
    menu = page.locator(".menu")
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(30, 790)):
        page.click("summary:has-text('Lanes')")
        assert menu.get_attribute("open") is not None
        leave()
        assert menu.get_attribute("open") is None


def test_on_a_phone_the_map_opens_large_enough_to_be_read(page):
    page.set_viewport_size({"width": 390, "height": 800})
    size = "document.querySelector('.view:not([hidden]) svg').getBoundingClientRect().width"
    assert page.evaluate(size) > 600
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.click("[data-zoom=fit]")
    assert page.evaluate(size) == 390


def test_search_dims_the_rest_and_counts(page):
    page.fill("#search", "refused")
    assert page.locator("#found").inner_text() == "1 found"
    dim = first(page).evaluate_all("steps => steps.map(step => step.classList.contains('dim'))")
    assert dim == [True, True, False]
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == STEPS[2]


def test_theme_and_persona_are_chosen_and_dark_follows_the_screen(page):
    assert shown(page) == "light "
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector('.view[data-theme="dark"][data-persona=""]:not([hidden])')
    assert shown(page) == "dark "
    page.select_option("#theme", "light")
    page.select_option("#persona", "ben")
    assert shown(page) == "light ben"


def test_zoom_in_out_and_fit(page):
    width = "document.querySelector('.view:not([hidden]) svg').getBoundingClientRect().width"
    fit = page.evaluate(width)
    page.click("[data-zoom=in]")
    assert page.evaluate(width) == pytest.approx(fit * 1.25, rel=0.01)
    page.click("[data-zoom=fit]")
    assert page.evaluate(width) == fit


def test_the_words_are_there_and_no_script_but_ours_has_run(page):
    assert page.title() == "Buy a bike <script>alert(1)</script>"
    assert page.locator("script").count() == 2
    assert (
        page.evaluate("[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => a.name.startsWith('on')).length")
        == 0
    )
    page.click("summary:has-text('as a table')")
    assert page.locator("table th[scope=row]").all_inner_texts() == STEPS


def test_without_script_the_map_and_the_table_are_there(browser, tmp_path):
    jm.render(MAP).save(tmp_path / "map.html")
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((tmp_path / "map.html").as_uri())
    assert opened.locator("svg").first.is_visible()
    assert opened.locator("[role=toolbar]").is_hidden()
    assert opened.locator(".view").nth(1).is_hidden()
    context.close()


def test_it_prints_on_one_page(page, tmp_path):
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
