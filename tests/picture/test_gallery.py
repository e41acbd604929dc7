"""The page that shows drawn maps: what users wrote stays text."""

from __future__ import annotations

from journeymap.picture.gallery import Drawing, Exhibit, gallery


def test_what_users_wrote_stays_text() -> None:
    page = gallery(
        [
            Exhibit(
                name="<script>alert(1)</script> & more",
                contents="1 stage",
                scenario='"quoted" <b>',
                thumbnail="a.png",
                width=10,
                height=20,
                source="a.yaml",
                drawings=[Drawing(name="Swimlane", files=["a.svg", "a.pdf"])],
            )
        ]
    )
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert 'href="a.pdf"' in page


def test_a_map_without_a_scenario_leaves_no_empty_paragraph() -> None:
    exhibit = Exhibit(
        name="Buy", contents="1 stage", scenario="", thumbnail="a.png", width=1, height=1, source="a.yaml",
        drawings=[Drawing(name="Swimlane", files=["a.svg"])],
    )  # fmt: skip
    assert "<p></p>" not in gallery([exhibit])
