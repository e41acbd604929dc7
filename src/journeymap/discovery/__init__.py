"""Journeys out of events: logs of what customers did, questions that are counted in them, and maps made of them.

`log` holds the door, `EventLog`; a module a question stands beside it. For those who add one: `order` says how events are put in
order as one number each, `engine` runs SQL, and `dialect` quotes whatever comes from outside. `sources`, `columns` and `clock`
decide where events come from and what their columns mean.
"""

from journeymap.discovery.discover import discover
from journeymap.discovery.log import EventLog

__all__ = ["EventLog", "discover"]
