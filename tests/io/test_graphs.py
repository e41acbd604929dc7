"""The formats of graphs: read by others as they were meant, whatever the names; what they leave out is told."""

import html
import io
import json
import re

import networkx as nx
import pytest
from hypothesis import given, settings

import journeymap as jm
from journeymap.io.graph_data import kept
from journeymap.testing.journeys import rich, small
from journeymap.testing.strategies import journeys

FORMATS = ["graphml", "node-link", "dot"]
HOSTILE = jm.Journey(
    'A "map" & <more>\\',
    [
        jm.Stage(
            's"]; x [', [jm.Touchpoint(name, id=f"t{i}") for i, name in enumerate(['"', "\\", "a\\", "&amp;", "<b>", "]]>", "a\nb", "--"])]
        ),
        jm.Stage("node", [jm.Touchpoint("graph", id='"q"\\'), jm.Touchpoint("subgraph", id="subgraph"), jm.Touchpoint("%", id="<&>")]),
    ],
)


def graphml(journey):
    return nx.read_graphml(io.BytesIO(jm.dumps(journey, format="graphml").encode()))


def node_link(journey):
    return nx.node_link_graph(json.loads(jm.dumps(journey, format="node-link")), edges="edges")


def plain(graph, **others):
    """What a graph says, with nothing but plain values."""
    return {name: dict(data) for name, data in graph.nodes(data=True)}, {(a, b): dict(data) for a, b, data in graph.edges(data=True)}


def test_a_small_journey():
    assert (
        jm.dumps(small(), format="dot")
        == """\
digraph {
  graph [label="Borrow a book", rankdir=LR, name="Borrow a book", id="borrow-a-book", kind="current-state", language="en"];
  node [shape=box];
  subgraph "cluster find" {
    label="Find";
    "searches-the-catalogue" [label="Searches the catalogue", name="Searches the catalogue", stage="find", stage_name="Find", channel="Website", channel_id="website", channel_kind="website", emotion="1.0"];
    "looks-along-the-shelf" [label="Looks along the shelf", name="Looks along the shelf", stage="find", stage_name="Find", emotion="0.0"];
  }
  subgraph "cluster take-home" {
    label="Take home";
    "scans-the-card" [label="Scans the card", name="Scans the card", stage="take-home", stage_name="Take home", channel="Self-service", channel_id="self-service", channel_kind="self-service", emotion="-1.5", moment="moment of truth"];
  }
  "searches-the-catalogue" -> "looks-along-the-shelf" [style=dashed, kind="main", implied="true"];
  "looks-along-the-shelf" -> "scans-the-card" [style=dashed, kind="main", implied="true"];
}
"""
    )


@pytest.mark.parametrize("journey", [rich(), HOSTILE, jm.Journey("None yet")], ids=["rich", "hostile", "none"])
@pytest.mark.parametrize("read", [graphml, node_link])
def test_networkx_reads_what_was_meant(read, journey):
    graph = read(journey)
    assert list(graph) == list(journey.graph)
    assert list(graph.edges) == list(journey.graph.edges)
    assert graph.graph["name"] == journey.name
    for step in journey.touchpoints:
        said = graph.nodes[step.id]
        assert said["name"] == step.name
        assert said.get("emotion") == (step.emotion and step.emotion.valence)
        assert said.get("goal", False) is step.goal
    for a, b, data in journey.graph.edges(data=True):
        said = graph.edges[a, b]
        assert (said["implied"], said["kind"], said.get("count")) == (data["implied"], data["item"].kind, data["item"].count)


@given(journey=journeys(max_stages=2, max_touchpoints=2))
def test_graphml_and_node_link_say_the_same(journey):
    one, other = graphml(journey), node_link(journey)
    assert plain(one) == plain(other)
    assert {name: value for name, value in one.graph.items() if name not in ("node_default", "edge_default")} == other.graph


@given(journey=journeys(max_stages=2, max_touchpoints=2))
@settings(max_examples=30)
def test_dot_is_understood_whatever_the_names(journey):
    check_dot(journey)


@pytest.mark.parametrize("journey", [rich(), HOSTILE, jm.Journey("None yet")], ids=["rich", "hostile", "none"])
def test_dot_is_understood(journey):
    check_dot(journey)


def check_dot(journey):
    """The grammar of DOT finds the nodes and edges that were meant, and labels that draw the names."""
    nodes, edges = understood(jm.dumps(journey, format="dot"))
    assert sorted(nodes) == sorted(journey.graph)
    for step in journey.touchpoints:
        assert html.unescape(nodes[step.id]["label"]) == step.name
        assert nodes[step.id]["name"] == step.name
    assert edges == list(journey.graph.edges)


TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|->|[A-Za-z_]\w*|[{}\[\];,=])', re.DOTALL)


def understood(text):
    """The nodes with their attributes, and the edges, of a DOT text; anything that its grammar does not have fails."""
    tokens, at = [], 0
    while at < len(text.rstrip()):
        found = TOKEN.match(text, at)
        assert found, text[at : at + 40]
        tokens.append(found[1])
        at = found.end()
    assert tokens[:2] == ["digraph", "{"]
    assert tokens.count("{") == tokens.count("}")
    nodes, edges, rest = {}, [], tokens[2:]
    while rest:
        if rest[0] == "subgraph":
            assert rest[1][0] == '"'
            assert rest[2] == "{"
            rest = rest[3:]
        elif rest[0] == "}":
            rest = rest[1:]
        elif rest[1] == "=":
            assert rest[3] == ";"
            rest = rest[4:]
        elif rest[1] == "->":
            edges.append((said(rest[0]), said(rest[2])))
            _, rest = attributes(rest[3:])
        else:
            held, left = attributes(rest[1:])
            if rest[0] not in ("graph", "node"):
                nodes[said(rest[0])] = held
            rest = left
    return nodes, edges


def attributes(tokens):
    end = tokens.index("]")
    assert tokens[0] == "["
    assert tokens[end + 1] == ";"
    inner = tokens[1:end]
    assert inner[1::4] == ["="] * len(inner[1::4])
    assert set(inner[3::4]) <= {","}
    return {name: said(value) if value[0] == '"' else value for name, value in zip(inner[0::4], inner[2::4], strict=True)}, tokens[
        end + 2 :
    ]


def said(quoted):
    """A quoted text of DOT as it was before; in a label, a backslash and n is the end of a line."""
    assert quoted[0] == quoted[-1] == '"'
    return re.sub(r"\\(.)", lambda escaped: "\n" if escaped[1] == "n" else escaped[1], quoted[1:-1])


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_journey_gives_the_same_text(format):
    assert jm.dumps(rich(), format=format) == jm.dumps(rich(), format=format)


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_left_out_is_told(format):
    told = [str(loss) for loss in jm.losses(rich(), format=format)]
    assert "stages[0].touchpoints[0].pains[0]: the pain point 'late-fees' is left out" in told
    assert "stages[0].touchpoints[0].emotion.n: 14 is left out" in told
    assert "personas[0]: the persona 'jonas-weber' is left out" in told
    assert "stages[1]: the stage 'wait' is left out" in told
    assert not [line for line in told if "name" in line]


@given(journey=journeys(max_stages=2, max_touchpoints=2))
@settings(max_examples=30)
def test_nothing_is_lost_of_what_was_kept(journey):
    held = kept(journey)
    for format in FORMATS:
        assert not jm.losses(held, format=format)
        assert jm.dumps(held, format=format) == jm.dumps(journey, format=format)


@pytest.mark.parametrize("format", FORMATS)
def test_graphs_are_not_read(format):
    with pytest.raises(jm.UnknownName, match=f"no format to read '{format}'"):
        jm.loads("x", format=format)
