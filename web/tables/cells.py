"""What a cell says, in the spelling that the form understands. It decides nothing that the form decides: it only reads.

Nothing is guessed: a date that could be two dates, or a number that has lost a digit, is refused with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from engine.domain.release import Field, FieldKind
from engine.queries.people import offices
from sop_catalog import registers
from web.identity import read
from web.tables.columns import plain

SENTENCES: Final = (
    ROUNDED
    := "The spreadsheet has rounded this long number. Set the column to text in it, type the number again and send the row anew.",
    NOT_NIK := "A NIK has sixteen digits.",
    NOT_DAY := "A date is read as day, month and year in four digits: 12/03/1994 or 12 Mar 1994.",
    NOT_YES_NO := "Only yes (ya, y, v, 1) or no (tidak, t, 0) is read here.",
    NOT_CHOICE := "This is none of the answers that the form offers.",
    NOT_SEX := "Only L or P is read here.",
    NOT_MONEY := "An amount is read in whole rupiah: 5000000 or Rp 5.000.000.",
    NOT_NUMBER := "A number is expected here.",
    NOT_REGION := "No regency or city has this name, or several have. Write it as “Kab. …” or “Kota …”.",
    NOT_VILLAGE := "The code of a village is expected here, such as 35.07.11.2003.",
    NOT_COUNTRY := "No country has this name.",
    NOT_OFFICE := "No office has this name.",
    NOT_PHONE := "A telephone number has eight to fifteen digits.",
)
"""Everything that may be said of a cell: keys for the translators."""


class CellNotRead(ValueError):
    """What is wrong with one cell: a sentence for whoever filled the table. It never says what stood there."""


def read_cell(asked: Field, cell: str) -> str | list[str]:
    """What the cell answers to this question, as the form takes it; empty for nothing. Raises CellNotRead."""
    text = cell.strip()
    if text in _BLANK:
        return ""
    if re.fullmatch(r"\d[.,]\d+E\+?1[0-9]", text, re.IGNORECASE):
        raise CellNotRead(ROUNDED)
    special = _BY_NAME.get(asked.name)
    return special(text) if special else _BY_KIND.get(asked.kind, _as_it_stands)(asked, text)


_BLANK: Final = frozenset({"", "-", "--", "—", "–", "n/a", "N/A", "?"})


def _as_it_stands(_: Field, text: str) -> str:
    return text


def _nik(text: str) -> str:
    digits = re.sub(r"[\s.'’-]", "", text)
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise CellNotRead(NOT_NIK)
    return digits


def _sex(text: str) -> str:
    said = plain(text)
    if said in {"l", "lk", "laki", "laki laki", "pria", "cowok", "m", "male"}:
        return "laki-laki"
    if said in {"p", "pr", "perempuan", "wanita", "f", "female"}:
        return "perempuan"
    raise CellNotRead(NOT_SEX)


def _phone(text: str) -> str:
    """Digits with their plus; a spreadsheet drops the nought before 8…, which every mobile number here has."""
    number = re.sub(r"[\s().'/-]", "", text)
    if re.fullmatch(r"8[0-9]{8,12}", number):
        number = f"0{number}"
    if not re.fullmatch(r"\+?[0-9]{8,15}", number):
        raise CellNotRead(NOT_PHONE)
    return number


_MONTHS: Final = {
    name: at
    for at, names in enumerate(
        (
            "januari jan january",
            "februari feb february pebruari peb",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt agust ags aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov nopember nop",
            "desember des dec december",
        ),
        1,
    )
    for name in names.split()
}


def read_day(text: str) -> date:
    """Read `12/03/1994`, `12-3-1994`, `12 Mar 1994`, `1994-03-12` or a spreadsheet's count of days. Raises CellNotRead."""
    text = re.sub(r"[T ]\d{1,2}[.:]\d{2}.*$", "", text.strip())
    try:
        if whole := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
            return date(int(whole[1]), int(whole[2]), int(whole[3]))
        if whole := re.fullmatch(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})", text):
            return date(int(whole[3]), int(whole[2]), int(whole[1]))
        if whole := re.fullmatch(r"(\d{1,2})[-/. ]*([A-Za-z]+)[-/., ]*(\d{4})", text):
            return date(int(whole[3]), _MONTHS[whole[2].lower()], int(whole[1]))
        if re.fullmatch(r"[1-9]\d{3,4}", text) and (len(text) == 5 or int(text) > 2200):  # noqa: PLR2004 - a year alone is none
            return date(1899, 12, 30) + timedelta(days=int(text))
    except (ValueError, KeyError):
        pass
    raise CellNotRead(NOT_DAY)


def _day(_: Field, text: str) -> str:
    return read_day(text).isoformat()


def _yes_no(_: Field, text: str) -> str:
    said = text.lower().strip(" .")
    if said in {"ya", "y", "iya", "yes", "true", "1", "v", "x", "✓", "✔", "√", "ada", "benar"}:
        return "yes"
    if said in {"tidak", "t", "tdk", "tak", "no", "n", "false", "0", "tidak ada", "bukan", "salah"}:
        return "no"
    raise CellNotRead(NOT_YES_NO)


def _choice(asked: Field, text: str) -> str:
    for each in asked.choices:
        if plain(text) in {plain(each.value), plain(each.label)}:
            return each.value
    raise CellNotRead(NOT_CHOICE)


def _several(asked: Field, text: str) -> list[str]:
    return [_choice(asked, each) for each in re.split(r"[,;/\n]", text) if each.strip()]


def _list(_: Field, text: str) -> list[str]:
    return [each.strip() for each in re.split(r"[;\n]", text) if each.strip()]


def _money(_: Field, text: str) -> str:
    digits = re.sub(r"^(rp|idr)\.?\s*|,-$|,00$|\.00$|\s", "", text.lower())
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+|\d+", digits):
        return re.sub(r"[.,]", "", digits)
    raise CellNotRead(NOT_MONEY)


def _number(_: Field, text: str) -> str:
    if re.fullmatch(r"-?\d+([.,]\d+)?", text):
        return text.replace(",", ".")
    raise CellNotRead(NOT_NUMBER)


def _region(_: Field, text: str) -> str:
    if text in registers.regions():
        return text
    found = _regions().get(_place(text)) or _regions().get(_place(text.split(",", maxsplit=1)[0]))
    if not found or len(found) > 1:
        raise CellNotRead(NOT_REGION)
    return found[0]


@cache
def _regions() -> Mapping[str, tuple[str, ...]]:
    """What regencies and cities are called, with and without their kind and province → the codes that are called so."""
    named: dict[str, tuple[str, ...]] = {}
    for code, name in registers.regions().items():
        whole, short = _place(name), _place(name.split(",")[0])
        bare = re.sub(r"^(kabupaten|kota) (administrasi )?", "", short)
        for each in {whole, short, bare}:
            named[each] = (*named.get(each, ()), code)
    # A bare name that is both a regency and a province's means neither until the kind is written before it.
    return named


def _place(text: str) -> str:
    return re.sub(r"^(kabupaten|kota) adm ", r"\1 administrasi ", plain(text))


def _village(_: Field, text: str) -> str:
    code = registers.village_typed(text)
    if registers.village_name(code) is None:
        raise CellNotRead(NOT_VILLAGE)
    return code


def _country(_: Field, text: str) -> str:
    found = _countries().get(plain(text)) or (text.upper() if text.upper() in registers.countries() else None)
    if found is None:
        raise CellNotRead(NOT_COUNTRY)
    return found


@cache
def _countries() -> Mapping[str, str]:
    named = {plain(name): code for tongue in ("en", "id") for code, name in registers.countries(tongue).items()}
    return named | {
        "uea": "AE",
        "uae": "AE",
        "hongkong": "HK",
        "korea": "KR",
        "korsel": "KR",
        "saudi": "SA",
        "arab saudi": "SA",
    }


def _office(_: Field, text: str) -> str:
    for each in read(offices):
        if plain(text) in {plain(each.code), plain(each.name)}:
            return each.code
    raise CellNotRead(NOT_OFFICE)


_BY_NAME: Final[Mapping[str, Callable[[str], str]]] = {
    "nik": _nik,
    "jenis_kelamin": _sex,
    "telepon": _phone,
    "telepon_keluarga": _phone,
}
_BY_KIND: Final[Mapping[FieldKind, Callable[[Field, str], str | list[str]]]] = {
    FieldKind.DATE: _day,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.SEVERAL: _several,
    FieldKind.LIST: _list,
    FieldKind.MONEY: _money,
    FieldKind.NUMBER: _number,
    FieldKind.REGION: _region,
    FieldKind.VILLAGE: _village,
    FieldKind.COUNTRY: _country,
    FieldKind.OFFICE: _office,
}
