"""The report: what a journey's data say, on one page for a meeting.

>>> import journeymap as jm
>>> journey = jm.Journey("Buy a bike", [jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=1), jm.Touchpoint("Pays", emotion=-2)])])
>>> jm.report(journey)
<Report on 'Buy a bike': 3 findings, 2 sections>

The package answers when it is called, so that ``jm.report(journey)`` works whether or not it was imported before.
`journeymap.report.findings` has the rule by which findings are chosen.
"""

from journeymap.plugins import callable_package
from journeymap.report.figures import Figure
from journeymap.report.page import Report, report
from journeymap.report.values import Answer, Finding, Other, Section, Table

__all__ = ["Answer", "Figure", "Finding", "Other", "Report", "Section", "Table", "report"]

callable_package(__name__, report)
