"""What an SOP says of time, in words: how long, from where to where, by which law, and what happens when it runs out."""

from __future__ import annotations

from collections.abc import Callable

from engine.domain.release import Allowance, Duty, LegalBasis, Rung
from web.catalog.words import rungs
from web.language import gettext
from web.remaining import allowance_words


def time_words(allowance: Allowance | None) -> str:
    """`72 jam (paling lambat 3 × 24 jam)`: an allowance with the wording that it rests on."""
    said = allowance_words(allowance)
    return f"{said} ({allowance.basis})" if allowance and allowance.basis else said


def legal_words(basis: LegalBasis) -> str:
    """`UU 27/2022, Pasal 32`."""
    return f"{basis.instrument}, {basis.article}" if basis.article else basis.instrument


def duty_words(duty: Duty, named: Callable[[str], str] = str) -> str:
    """A duty without its title; `named` says what people call an element."""
    begins = f"“{named(duty.begins)}”" if duty.begins else gettext("the start of the procedure")
    ends = f"“{named(duty.ends)}”" if duty.ends else gettext("the end of the procedure")
    said = [time_words(duty.allowance), gettext("from %(begins)s to %(ends)s", begins=begins, ends=ends)]
    if duty.times:
        said.append(gettext("may be extended %(times)s times", times=duty.times))
    if duty.times and duty.most:
        said.append(gettext("by %(time)s in all", time=time_words(duty.most)))
    return "; ".join([*said, *map(legal_words, duty.legal)])


def rung_words(rung: Rung) -> str:
    """`pada 75 %: ingatkan pemegang tugas`."""
    act = dict(rungs())[rung.act.value]
    if rung.part is not None:
        return gettext("at %(part)s %%: %(act)s", part=f"{rung.part * 100:g}", act=act)
    return gettext("%(time)s after it was due: %(act)s", time=allowance_words(rung.after), act=act)
