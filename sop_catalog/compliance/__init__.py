"""How well the procedures are followed: what was done against what each SOP asked. It measures and judges nobody."""

from sop_catalog.compliance.event_log import write_event_log
from sop_catalog.compliance.lines import Line, lines, of_most
from sop_catalog.compliance.on_drawing import MEASURES, Mark, marks
from sop_catalog.compliance.spread import Spread, spread, spreads

__all__ = ["MEASURES", "Line", "Mark", "Spread", "lines", "marks", "of_most", "spread", "spreads", "write_event_log"]
