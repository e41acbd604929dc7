"""How plug-ins are found: from code, built in, from installed packages; and what happens when they clash or break."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import journeymap as jm
from journeymap.errors import MissingExtra, PluginError, UnknownName
from journeymap.plugins import RENDERERS, Format, Registry

GROUP = "journeymap.test-things"
Thing = Callable[[], str]
Offer = Callable[[str, str, str, str], None]


def one() -> str:
    """Gives one

    and says no more.
    """
    return "one"


def other() -> str:
    """Gives another"""
    return "other"


@pytest.fixture
def registry() -> Registry[Thing]:
    return Registry("thing", GROUP, {"built": "thing_built_in:built", "lost": "thing_that_is_nowhere:lost"})


@pytest.fixture
def offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    """Makes a package look installed: its entry point, and the module that it points to."""
    before = set(sys.modules)

    def offered(package: str, name: str, module: str, code: str) -> None:
        place = tmp_path / package
        metadata = place / f"{package}-1.0.dist-info"
        metadata.mkdir(parents=True)
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (metadata / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {module}:thing\n")
        (place / f"{module}.py").write_text(code)
        monkeypatch.syspath_prepend(place)

    yield offered
    for module in set(sys.modules) - before:
        if module.startswith("thing_"):
            del sys.modules[module]


GOOD = 'def thing():\n    """Offered from outside."""\n    return "outside"\n'


def test_what_is_registered_is_found_and_can_be_taken_back(registry: Registry[Thing]) -> None:
    registry.register("my-thing", one)
    assert registry["my-thing"] is one
    assert "my-thing" in registry.names()
    registry.unregister("my-thing")
    registry.unregister("my-thing")
    with pytest.raises(UnknownName):
        registry["my-thing"]


def test_an_unknown_name_tells_what_there_is_and_what_was_meant(registry: Registry[Thing]) -> None:
    registry.register("my-thing", one)
    with pytest.raises(UnknownName, match=r"no thing 'my-thin'; did you mean 'my-thing'\?; there are: built, lost, my-thing") as caught:
        registry["my-thin"]
    assert caught.value.known == ("built", "lost", "my-thing")


def test_two_definitions_cannot_share_a_name(registry: Registry[Thing]) -> None:
    registry.register("thing", one)
    with pytest.raises(PluginError, match=r"'thing' is registered already, by .*\.one; choose another name"):
        registry.register("thing", other)
    assert registry["thing"] is one


def test_a_notebook_cell_run_again_replaces_what_it_defined(registry: Registry[Thing]) -> None:
    def cell(answer: str) -> Thing:
        def thing() -> str:
            return answer

        return thing

    registry.register("thing", cell("first"))
    registry.register("thing", cell("second"))
    assert registry["thing"]() == "second"


def test_two_values_of_one_class_clash_unless_they_are_equal() -> None:
    formats: Registry[Format] = Registry("format", GROUP, {}, lambda value: isinstance(value, Format), "a Format")
    formats.register("ini", Format(summary="Settings", suffixes=[".ini"]))
    formats.register("ini", Format(summary="Settings", suffixes=[".ini"]))
    with pytest.raises(PluginError, match="registered already"):
        formats.register("ini", Format(summary="Other settings", suffixes=[".ini"]))


@pytest.mark.parametrize("name", ["", "My-Thing", "my_thing", "my thing", "-thing", "thing-", "a--b", "naïve", "thing\n"])
def test_names_are_kebab_case(registry: Registry[Thing], name: str) -> None:
    with pytest.raises(PluginError, match="small letters, digits and single hyphens"):
        registry.register(name, one)


def test_an_installed_package_offers_by_entry_point(registry: Registry[Thing], offer: Offer) -> None:
    offer("alpha", "outside", "thing_alpha", GOOD)
    assert "outside" in registry.names()
    assert "outside" in registry
    assert "thing_alpha" not in sys.modules, "nothing is imported before its name is asked for"
    assert registry["outside"]() == "outside"


def test_code_comes_before_built_in_and_built_in_before_packages(registry: Registry[Thing], offer: Offer) -> None:
    offer("alpha", "built", "thing_alpha", GOOD)
    with pytest.raises(PluginError, match="thing_built_in"):
        registry["built"]
    registry.register("built", one)
    assert registry["built"] is one


def test_two_packages_with_one_name_are_an_error_when_it_is_asked_for(registry: Registry[Thing], offer: Offer) -> None:
    offer("beta", "outside", "thing_beta", GOOD)
    offer("alpha", "outside", "thing_alpha", GOOD)
    assert registry.names().count("outside") == 1
    with pytest.raises(PluginError, match="'outside' is offered by alpha and beta; uninstall one of them"):
        registry["outside"]
    registry.register("outside", one)
    assert registry["outside"] is one, "code decides"


def test_a_package_that_fails_to_load_breaks_only_itself(registry: Registry[Thing], offer: Offer) -> None:
    offer("broken", "outside", "thing_broken", "raise RuntimeError('the\\nsky fell')")
    registry.register("mine", one)
    assert registry["mine"] is one
    with pytest.raises(PluginError, match=r"'outside' of broken does not load: RuntimeError: the sky fell; update or reinstall") as caught:
        registry["outside"]
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_an_error_of_ours_passes_through_as_it_is(registry: Registry[Thing], offer: Offer) -> None:
    offer("needy", "outside", "thing_needy", "from journeymap.errors import MissingExtra\nraise MissingExtra('drawing slides', 'office')")
    with pytest.raises(MissingExtra, match=r'pip install "journeymap\[office\]"'):
        registry["outside"]


def test_something_built_in_that_does_not_load_is_no_foreign_error(registry: Registry[Thing]) -> None:
    with pytest.raises(PluginError, match="'lost' of journeymap itself does not load: ModuleNotFoundError"):
        registry["lost"]


def test_a_listing_maps_names_to_one_line_each(registry: Registry[Thing], offer: Offer) -> None:
    offer("alpha", "outside", "thing_alpha", GOOD)
    registry.register("mine", one)
    listing = registry.listing()
    assert listing["mine"] == "Gives one"
    assert listing["outside"] == "Offered from outside"
    assert listing["lost"].startswith("(unusable) the thing 'lost'")
    assert list(listing) == ["built", "lost", "mine", "outside"]
    assert len(listing) == 4
    assert "nobody" not in listing
    with pytest.raises(KeyError):
        listing["nobody"]


def test_a_listing_reads_as_a_table() -> None:
    registry: Registry[Thing] = Registry("thing", GROUP, {})
    registry.register("a", one)
    registry.register("longer", other)
    assert repr(registry.listing()) == "a       Gives one\nlonger  Gives another"
    assert repr(Registry("thing", GROUP, {}).listing()) == ""


def test_the_line_on_a_value_is_its_summary() -> None:
    formats: Registry[Format] = Registry("format", GROUP, {}, lambda value: isinstance(value, Format), "a Format")
    formats.register("ini", Format(summary="Settings", suffixes=[".ini"]))
    assert formats.listing()["ini"] == "Settings"


@pytest.mark.parametrize("name", [None, 5, [], b"swimlane"])
def test_what_is_no_name_is_unknown(registry: Registry[Thing], name: object) -> None:
    with pytest.raises(UnknownName) as caught:
        registry[name]  # type: ignore[index]  # that is the test
    assert str(caught.value) == f"no thing {name!r}; there are: built, lost"


@pytest.mark.parametrize(
    ("add", "is_a"),
    [
        (jm.renderer, "a function"),
        (jm.backend, "a function"),
        (jm.lane, "a function of a step"),
        (jm.format, "Format"),
        (jm.theme, "Theme"),
    ],
)
@pytest.mark.parametrize("plugin", ["hello", None, 5])
def test_only_what_can_work_is_registered(add: Callable[[str], Callable[[object], object]], is_a: str, plugin: object) -> None:
    with pytest.raises(PluginError, match=rf"{plugin!r} cannot be the \w+ 'no-such'; it has to be .*{is_a}"):
        add("no-such")(plugin)


@pytest.mark.parametrize("add", [jm.renderer, jm.backend, jm.lane, jm.format, jm.theme])
def test_a_decorator_without_a_name_says_so(add: Callable[[object], object]) -> None:
    with pytest.raises(PluginError, match="cannot name a .*; use small letters"):
        add(one)


def test_a_package_that_offers_something_else_is_unusable(registry: Registry[Thing], offer: Offer) -> None:
    offer("alpha", "outside", "thing_alpha", "thing = 'text'")
    with pytest.raises(PluginError, match="the thing 'outside' of alpha is a str; it has to be a function: update or remove"):
        registry["outside"]
    assert registry.listing()["outside"].startswith("(unusable) the thing 'outside' of alpha is a str")


def test_a_misnamed_offer_is_told_in_the_listing(registry: Registry[Thing], offer: Offer) -> None:
    offer("alpha", "Out_Side", "thing_alpha", GOOD)
    assert registry.listing()["Out_Side"] == (
        "(unusable) the thing 'Out_Side' of alpha is misnamed; names are small letters, digits and single hyphens: tell its makers"
    )


def test_an_offer_under_a_name_that_is_built_in_is_told_in_the_listing(offer: Offer) -> None:
    registry: Registry[Thing] = Registry("thing", GROUP, {"built": f"{__name__}:one"})
    sys.modules.setdefault(__name__, sys.modules[one.__module__])
    offer("alpha", "built", "thing_alpha", GOOD)
    assert registry["built"] is one
    assert registry.listing()["built"] == "Gives one (unused: that of alpha, since the name is built in)"


def test_registries_do_not_know_each_other(registry: Registry[Thing]) -> None:
    registry.register("my-thing", one)
    assert "my-thing" not in RENDERERS
