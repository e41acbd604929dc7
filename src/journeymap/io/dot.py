"""Journeys as DOT, for Graphviz: stages as clusters, touchpoints as boxes, transitions as arrows."""

from __future__ import annotations

from journeymap.io.graph_data import Attributes, Edge, Node, Plain, graph_data, lost
from journeymap.model import Journey
from journeymap.plugins import Format


def dumps(journey: Journey) -> str:
    """The DOT document of a journey's graph; Graphviz lays it out from left to right, and keeps attributes it does not know."""
    data = graph_data(journey)
    lines = ["digraph {", f"  graph [{_list(data.attributes, label=_label(journey.name), rankdir='LR')}];", "  node [shape=box];"]
    for stage, name in data.stages.items():
        lines += [f"  subgraph {_quoted('cluster ' + stage)} {{", f"    label={_label(name)};"]
        lines += [f"    {_node(node)}" for node in data.nodes if node.stage == stage]
        lines.append("  }")
    lines += [f"  {_node(node)}" for node in data.nodes if node.stage is None]
    lines += [f"  {_edge(edge)}" for edge in data.edges]
    return "\n".join([*lines, "}", ""])


def _node(node: Node) -> str:
    label = str(node.attributes.get("name", node.id))
    return f"{_quoted(node.id)} [{_list(node.attributes, label=_label(label))}];"


def _edge(edge: Edge) -> str:
    drawn: dict[str, str] = {}
    if "condition" in edge.attributes:
        drawn["label"] = _label(str(edge.attributes["condition"]))
    if edge.attributes["implied"]:
        drawn["style"] = "dashed"
    return f"{_quoted(edge.source)} -> {_quoted(edge.target)} [{_list(edge.attributes, **drawn)}];"


def _list(attributes: Attributes, **drawn: str) -> str:
    return ", ".join(
        [*(f"{name}={value}" for name, value in drawn.items()), *(f"{name}={_value(held)}" for name, held in attributes.items())]
    )


def _value(value: Plain) -> str:
    return _quoted(value if isinstance(value, str) else str(value).lower())


def _quoted(text: str) -> str:
    """A text as DOT quotes it; a backslash is doubled, since one at the end would swallow the quote."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _label(text: str) -> str:
    """A text that Graphviz draws: it would take ``&`` for an entity, and a line break for nothing."""
    return _quoted(text.replace("&", "&amp;")).replace("\n", "\\n")


DOT = Format(summary="DOT: the graph of touchpoints, for Graphviz", suffixes=(".dot", ".gv"), dumps=dumps, losses=lost)
