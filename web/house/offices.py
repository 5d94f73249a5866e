"""The pages of offices and posts: where cases run, which regions belong there, and who holds what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound, NotValid, Refusal, add_office, add_post, change_office
from engine.domain.organisation import Office, OfficeKind, Post
from engine.queries.house import holders_in, office_lines, post_lines
from engine.queries.people import offices
from sop_catalog.registers import provinces, regions
from web.house import words
from web.identity import ask, perform, read, spoken_titles
from web.language import gettext, say

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
TEXTS = ("name", "city", "province", "zone", "phone")


def register(blueprint: Blueprint) -> None:
    """Every address of offices and posts, on one page."""
    add = blueprint.add_url_rule
    add("/house/offices", "offices", browse)
    add("/house/offices/new", "new_office", new, methods=["GET", "POST"])
    add("/house/offices/<code>", "office", show, methods=["GET", "POST"])
    add("/house/posts", "posts", posts, methods=["GET", "POST"])


def browse() -> ResponseReturnValue:
    """All offices with what runs there; with `?phone=none`, those that have given no telephone."""
    silent = request.args.get("phone") == "none"
    rows = [each for each in ask(office_lines) if not (silent and each.office.phone)]
    return render_template(
        "house/offices.html", rows=rows, titles=spoken_titles(), regions=regions(), only_silent=silent
    )


def new() -> ResponseReturnValue:
    """The form of a new office, and what becomes of it."""
    said = _said()
    if request.method != "POST":
        return _form(said)
    try:
        areas = _regions(said["areas"])
        if not CODE.fullmatch(said["code"]):
            raise NotValid(what="the code", wanted="small letters, digits and hyphens", found=f"“{said['code'][:20]}”")
        if said["code"] in {each.code for each in read(offices)}:
            raise NotValid(what="the code", wanted="one that no office has", found=said["code"])
        made = Office(said["code"], **{name: said[name] for name in TEXTS}, kind=_kind(said["kind"]))
        if not made.name or not made.city:
            raise NotValid(what="the name and the city", wanted="given", found="missing")
        perform(add_office, made, regions=areas, hours_like=said["like"])
    except Refusal as refusal:
        return _form(said, refusal)
    flash(
        gettext("%(office)s can be chosen everywhere from now on. Next, give its posts to officers.", office=made.name),
        "good",
    )
    return redirect(url_for("house.office", code=made.code))


def _kind(text: str) -> OfficeKind:
    if text not in {OfficeKind.REGIONAL.value, OfficeKind.SERVICE_POINT.value}:
        raise NotValid(what="the kind of office", wanted="regional, service-point", found=f"“{text[:20]}”")
    return OfficeKind(text)


def _form(said: dict[str, str], refusal: Refusal | None = None) -> Response:
    page = render_template(
        "house/new_office.html",
        said=said,
        refusal=say(refusal) if refusal else "",
        zones=words.ZONES,
        provinces=provinces(),
        offices=read(offices),
    )
    return make_response(page, refusal.status if refusal else 200)


def show(code: str) -> ResponseReturnValue:
    """One office: change it, and see who holds what there."""
    if code not in {each.code for each in read(offices)}:
        raise NotFound(what=f"office {code}")
    refusal: Refusal | None = None
    if request.method == "POST":
        said = _said()
        try:
            perform(change_office, code, regions=_regions(said["areas"]), **{name: said[name] for name in TEXTS})
        except Refusal as wrong:
            refusal = wrong
        else:
            flash(gettext("The office was changed."), "good")
            return redirect(url_for("house.office", code=code))
    line = next(each for each in ask(office_lines) if each.office.code == code)
    known = {name: getattr(line.office, name) for name in TEXTS} | {"areas": _named(line.regions)}
    page = render_template(
        "house/office.html",
        line=line,
        said=_said() if refusal else known,
        refusal=say(refusal) if refusal else "",
        zones=words.ZONES,
        titles=spoken_titles(),
        held=ask(holders_in, code),
        provinces=provinces(),
    )
    return make_response(page, refusal.status if refusal else 200)


def posts() -> ResponseReturnValue:
    """Every post, how many hold it, and a form to add or change one; with `?code=` it is filled in with what stands."""
    rows = ask(post_lines)
    offered = list(dict.fromkeys([*words.POWERS, *sorted({each for row in rows for each in row.powers})]))
    known = next((row for row in rows if row.code == request.args.get("code", "")), None)
    said: dict[str, Any] = {}
    if known:
        said = {"code": known.code, "title": known.title, "powers": known.powers, "service": known.service}
    refusal: Refusal | None = None
    if request.method == "POST":
        said = {name: request.form.get(name, "").strip()[:120] for name in ("code", "title", "service")}
        said["powers"] = [each for each in request.form.getlist("powers") if each in offered]
        try:
            if not CODE.fullmatch(said["code"]):
                raise NotValid(what="the code", wanted="small letters, digits and hyphens", found=f"“{said['code'][:20]}”")  # fmt: skip
            perform(add_post, Post(said["code"], said["title"], tuple(said["powers"]), said["service"]))
        except Refusal as wrong:
            refusal = wrong
        else:
            flash(gettext("The post %(title)s stands.", title=said["title"]), "good")
            return redirect(url_for("house.posts"))
    page = render_template(
        "house/posts.html",
        rows=rows,
        said=said,
        refusal=say(refusal) if refusal else "",
        powers=[(each, words.power(each)) for each in offered],
        power=words.power,
    )
    return make_response(page, refusal.status if refusal else 200)


def _said() -> dict[str, str]:
    names = (*TEXTS, "code", "kind", "like")
    return {name: request.form.get(name, "").strip()[:200] for name in names} | {
        "areas": request.form.get("areas", "")[:20_000]
    }


def _named(codes: Iterable[str]) -> str:
    """Codes as the form shows them, one a line, each with its own name behind it: `33.27 Kabupaten Pemalang`."""
    known = regions()
    return "\n".join(f"{code} {known.get(code, '').partition(',')[0]}".strip() for code in codes)


def _regions(text: str) -> list[str]:
    """The codes that somebody typed, one a line or with commas between; a name behind a code is for people."""
    codes = [found[0] for each in re.split(r"[\n,;]", text) if (found := re.match(r"\s*([0-9][0-9.]*)", each))]
    typed = [each for each in re.split(r"[\n,;]", text) if each.strip()]
    known = regions()
    strange = [each for each in codes if each not in known] or (["?"] if len(typed) != len(codes) else [])
    if strange:
        raise NotValid(
            what="the working area", wanted="codes of regencies, cities or provinces", found=", ".join(strange[:5])
        )
    return sorted(set(codes))
