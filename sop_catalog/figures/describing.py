"""What the files are, for programs: Table Schema, Frictionless Data Package, CSV on the Web, and DCAT as JSON-LD.

It makes no address: whoever serves the files says where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine.domain.figures import Edition
from sop_catalog.figures.datasets import LICENCE, PUBLISHER, Dataset

Address = Callable[..., str]
"""`address(dataset, period, edition, form)`: where a file is; without an edition the newest of the period."""
NEVER_EMPTY = frozenset({"suppressed", "month", "year"})
_XSD = {"yearmonth": "gYearMonth", "year": "gYear"}


def schema(data: Dataset) -> dict[str, Any]:
    """The columns, as Table Schema (specs.frictionlessdata.io) has them."""
    fields = []
    for each in data.columns:
        field: dict[str, Any] = {"name": each.name, "type": each.type}
        field |= {"title": each.title_id, "description": each.description_id}
        field |= {"title_en": each.title_en, "description_en": each.description_en}
        if each.name in NEVER_EMPTY:
            field["constraints"] = {"required": True}
        if each.type == "integer":
            field["constraints"] = {"minimum": 0}
        fields.append(field)
    return {"fields": fields, "primaryKey": [data.every, *data.keys], "missingValues": [""]}


def package(known: Sequence[tuple[Dataset, Sequence[Edition]]], address: Address, home: str) -> dict[str, Any]:
    """A Frictionless Data Package over the newest edition of every period."""
    resources = [_resource(data, each, address) for data, editions in known for each in newest_of(editions)]
    return {
        "profile": "tabular-data-package",
        "name": "lajur-public-figures",
        "title": "Data terbuka pencegahan dan penanganan PMI nonprosedural",
        "description": "Angka bulanan tanpa data orang. Jumlah di bawah 5 tidak disebutkan.",
        "homepage": home,
        "licenses": [{"name": LICENCE[0], "title": LICENCE[1], "path": LICENCE[2]}],
        "contributors": [{"title": PUBLISHER, "role": "publisher"}],
        "resources": resources,
    }


def csvw(data: Dataset, table: str) -> dict[str, Any]:
    """The columns of one file as CSV on the Web (W3C) has them."""
    columns = [
        {
            "name": each.name,
            "titles": {"id": each.title_id, "en": each.title_en},
            "dc:description": each.description_id,
            "datatype": _XSD.get(each.type, each.type),
        }
        for each in data.columns
    ]
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": table,
        "dc:title": data.title_id,
        "dc:description": data.definition_id,
        "dc:license": {"@id": LICENCE[2]},
        "dialect": {"header": True, "encoding": "utf-8", "delimiter": ","},
        "tableSchema": {"columns": columns, "primaryKey": [data.every, *data.keys]},
    }


def dcat(known: Sequence[tuple[Dataset, Sequence[Edition]]], address: Address, home: str) -> dict[str, Any]:
    """A catalogue of the data sets as DCAT, in JSON-LD: what a national portal harvests."""
    return {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@id": home,
        "@type": "dcat:Catalog",
        "dct:title": [{"@value": "Data terbuka", "@language": "id"}, {"@value": "Open data", "@language": "en"}],
        "dct:publisher": PUBLISHER,
        "dct:license": {"@id": LICENCE[2]},
        "dcat:dataset": [_dcat_set(data, editions, address) for data, editions in known],
    }


def newest_of(editions: Sequence[Edition]) -> list[Edition]:
    """Of each period the newest edition, the newest period first."""
    found: dict[str, Edition] = {}
    for each in sorted(editions, key=lambda one: (one.period, one.edition), reverse=True):
        found.setdefault(each.period, each)
    return list(found.values())


def _resource(data: Dataset, edition: Edition, address: Address) -> dict[str, Any]:
    return {
        "name": f"{data.code}-{edition.period}",
        "title": f"{data.title_id}, {edition.period}",
        "description": data.definition_id,
        "path": address(data.code, edition.period, edition.edition, "csv"),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{edition.sha256}",
        "version": str(edition.edition),
        "schema": schema(data),
    }


def _dcat_set(data: Dataset, editions: Sequence[Edition], address: Address) -> dict[str, Any]:
    return {
        "@type": "dcat:Dataset",
        "dct:identifier": data.code,
        "dct:title": [
            {"@value": data.title_id, "@language": "id"},
            {"@value": data.title_en, "@language": "en"},
        ],
        "dct:description": [
            {"@value": data.definition_id, "@language": "id"},
            {"@value": data.definition_en, "@language": "en"},
        ],
        "dct:accrualPeriodicity": f"http://purl.org/cld/freq/{'monthly' if data.every == 'month' else 'annual'}",
        "dct:spatial": "Indonesia",
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": f"{each.period}, {form}",
                "dct:issued": each.published_at.isoformat() if each.published_at else None,
                "dcat:mediaType": "text/csv" if form == "csv" else "application/json",
                "dcat:downloadURL": {"@id": address(data.code, each.period, each.edition, form)},
            }
            for each in newest_of(editions)
            for form in ("csv", "json")
        ],
    }
