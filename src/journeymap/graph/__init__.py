"""A journey seen from further away: graphs of its stages, channels and owners, made of the graph of its touchpoints."""

from journeymap.graph.projections import channel_graph, owner_graph, stage_graph

__all__ = ["channel_graph", "owner_graph", "stage_graph"]
