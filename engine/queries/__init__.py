"""All reading for pages: one file for what is on one page, each answer as frozen rows. Nothing here writes.

Every query takes a `Reader` first, and an officer next where what is read depends on who asks.
"""

from engine.queries.ahead import Ahead, Place, ahead
from engine.queries.audit import Happening, Timeline, Verdict, timeline, verdict
from engine.queries.case import (
    CaseHead,
    CasePage,
    DueRow,
    IncidentRow,
    ItemRow,
    Progress,
    Stage,
    case_page,
)
from engine.queries.catalogue import ReleasePage, ReleaseRow, catalogue, release_page
from engine.queries.dispositions import DispositionRow, KindRow, disposition_kinds, dispositions
from engine.queries.drawing import DrawingPage, Level, drawing_page
from engine.queries.health import Health, health, silent_cases
from engine.queries.pages import NotAPage, Page
from engine.queries.people import (
    Colleague,
    HeldPost,
    Me,
    PostRow,
    holders,
    me,
    office_for,
    officer_named,
    offices,
    posts,
    titles_of,
)
from engine.queries.reader import Reader
from engine.queries.search import CaseRow, search_cases
from engine.queries.tokens import TokenRow, tokens
from engine.queries.work_item import Crumb, Note, WorkItemPage, work_item_page
from engine.queries.worklist import COUNTED, Counts, Scope, WorkRow, counts, worklist

__all__ = [
    "COUNTED",
    "Ahead",
    "CaseHead",
    "CasePage",
    "CaseRow",
    "Colleague",
    "Counts",
    "Crumb",
    "DispositionRow",
    "DrawingPage",
    "DueRow",
    "Happening",
    "Health",
    "HeldPost",
    "IncidentRow",
    "ItemRow",
    "KindRow",
    "Level",
    "Me",
    "NotAPage",
    "Note",
    "Page",
    "Place",
    "PostRow",
    "Progress",
    "Reader",
    "ReleasePage",
    "ReleaseRow",
    "Scope",
    "Stage",
    "Timeline",
    "TokenRow",
    "Verdict",
    "WorkItemPage",
    "WorkRow",
    "ahead",
    "case_page",
    "catalogue",
    "counts",
    "disposition_kinds",
    "dispositions",
    "drawing_page",
    "health",
    "holders",
    "me",
    "office_for",
    "officer_named",
    "offices",
    "posts",
    "release_page",
    "search_cases",
    "silent_cases",
    "timeline",
    "titles_of",
    "tokens",
    "verdict",
    "work_item_page",
    "worklist",
]
