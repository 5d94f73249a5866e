"""The registers: what the agency has and the law says, as data with one reader. Not what an administrator changed later."""

from sop_catalog.registers.catalogue import (
    ClosingReason,
    Instrument,
    RegisteredArea,
    RegisteredDisposition,
    areas,
    closing_reason,
    closing_reasons,
    dispositions,
    instrument,
    instruments,
)
from sop_catalog.registers.holidays import YEARS, decreed, national_days
from sop_catalog.registers.organisation import (
    RegisteredOffice,
    RegisteredPost,
    ServicePoint,
    office,
    offices,
    post,
    posts,
)
from sop_catalog.registers.reading import RegisterBroken
from sop_catalog.registers.regions import (
    Province,
    Regency,
    countries,
    province_of,
    provinces,
    region_name,
    regions,
    working_areas,
)
from sop_catalog.registers.working_times import RegisteredService, first_book, services

__all__ = [
    "YEARS",
    "ClosingReason",
    "Instrument",
    "Province",
    "Regency",
    "RegisterBroken",
    "RegisteredArea",
    "RegisteredDisposition",
    "RegisteredOffice",
    "RegisteredPost",
    "RegisteredService",
    "ServicePoint",
    "areas",
    "closing_reason",
    "closing_reasons",
    "countries",
    "decreed",
    "dispositions",
    "first_book",
    "instrument",
    "instruments",
    "national_days",
    "office",
    "offices",
    "post",
    "posts",
    "province_of",
    "provinces",
    "region_name",
    "regions",
    "services",
    "working_areas",
]
