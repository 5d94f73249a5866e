"""The house as those see it who run it: incidents, officers with their posts and tokens, offices, posts and who holds them.

No person of a case is named here, and no case is opened: an incident says where it happened and of what kind it is.
"""

from engine.queries.house.officers import (
    OfficerLine,
    OfficerPage,
    PostHeld,
    SessionLine,
    TokenLine,
    my_sessions,
    officer_lines,
    officer_page,
)
from engine.queries.house.offices import (
    OfficeLine,
    PostLine,
    holders_in,
    office_lines,
    post_lines,
)
from engine.queries.house.troubles import (
    LateTimer,
    Trouble,
    Undelivered,
    incidents,
    late_timers,
    undelivered,
)

__all__ = [
    "LateTimer",
    "OfficeLine",
    "OfficerLine",
    "OfficerPage",
    "PostHeld",
    "PostLine",
    "SessionLine",
    "TokenLine",
    "Trouble",
    "Undelivered",
    "holders_in",
    "incidents",
    "late_timers",
    "my_sessions",
    "office_lines",
    "officer_lines",
    "officer_page",
    "post_lines",
    "undelivered",
]
