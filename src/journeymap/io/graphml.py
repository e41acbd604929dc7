"""Journeys as GraphML, for tools that draw and count graphs: Gephi, yEd, Cytoscape, igraph, networkx."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from journeymap.io.graph_data import Attributes, Plain, graph_data, lost
from journeymap.model import Journey
from journeymap.plugins import Format

_TYPES: dict[type, str] = {str: "string", bool: "boolean", int: "long", float: "double"}


def dumps(journey: Journey) -> str:
    """The GraphML document of a journey's graph: a node a touchpoint, an edge a transition, attributes with their types."""
    data = graph_data(journey)
    keys: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, all_attributes in (
        ("graph", [data.attributes]),
        ("node", [node.attributes for node in data.nodes]),
        ("edge", [edge.attributes for edge in data.edges]),
    ):
        for attributes in all_attributes:
            for name, value in attributes.items():
                keys.setdefault((kind, name), (f"{kind}-{name}", _TYPES[type(value)]))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'  <key id="{key}" for="{kind}" attr.name="{name}" attr.type="{of}"/>' for (kind, name), (key, of) in keys.items()]
    lines += ['  <graph edgedefault="directed">', *_data("graph", data.attributes, "    ")]
    for node in data.nodes:
        lines += [f"    <node id={quoteattr(node.id)}>", *_data("node", node.attributes, "      "), "    </node>"]
    for edge in data.edges:
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        lines += [f"    <edge {ends}>", *_data("edge", edge.attributes, "      "), "    </edge>"]
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def _data(kind: str, attributes: Attributes, indent: str) -> Iterator[str]:
    for name, value in attributes.items():
        yield f'{indent}<data key="{kind}-{name}">{_text(value)}</data>'


def _text(value: Plain) -> str:
    return str(value).lower() if isinstance(value, bool) else escape(str(value))


GRAPHML = Format(
    summary="GraphML: the graph of touchpoints, for tools that draw and count graphs", suffixes=(".graphml",), dumps=dumps, losses=lost
)
