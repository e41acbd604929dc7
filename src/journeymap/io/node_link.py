"""Journeys as node-link JSON, which networkx and D3 read."""

from __future__ import annotations

import json

from journeymap.io.graph_data import graph_data, lost
from journeymap.model import Journey
from journeymap.plugins import Format


def dumps(journey: Journey) -> str:
    """The node-link document of a journey's graph, as ``networkx.node_link_graph(..., edges="edges")`` takes it."""
    data = graph_data(journey)
    tree = {
        "directed": True,
        "multigraph": False,
        "graph": dict(data.attributes),
        "nodes": [{"id": node.id, **node.attributes} for node in data.nodes],
        "edges": [{"source": edge.source, "target": edge.target, **edge.attributes} for edge in data.edges],
    }
    return json.dumps(tree, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


NODE_LINK = Format(summary="Node-link JSON: the graph of touchpoints, for networkx and D3", suffixes=(), dumps=dumps, losses=lost)
