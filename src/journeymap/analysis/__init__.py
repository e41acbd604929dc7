"""Questions about a journey and their answers: a function a question."""

from journeymap.analysis.emotion import stage_emotion

__all__ = ["stage_emotion"]
