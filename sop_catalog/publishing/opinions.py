"""What two interpreters say of a release before it is put in force: every way walked on one, replayed on the other."""

from __future__ import annotations

from engine.domain.finding import Finding, Severity
from engine.process import Bundle, Interpreter, Stuck
from sop_catalog.soundness import DECLARED, Trouble, second_opinion, walk

_OPINIONS: dict[tuple[str, str, str], tuple[Finding, ...]] = {}
_OPINIONS_KEPT = 512


def kept_opinion(digest: str, bundle: Bundle, first: Interpreter, second: Interpreter) -> tuple[Finding, ...]:
    """The opinion on these drawings, asked once: whoever mends another thing and sends the same file need not wait again."""
    key = (digest, first.name, second.name)
    if key not in _OPINIONS:
        while len(_OPINIONS) >= _OPINIONS_KEPT:
            _OPINIONS.pop(next(iter(_OPINIONS)), None)
        _OPINIONS[key] = opinion_on(bundle, first, second)
    return _OPINIONS[key]


def opinion_on(bundle: Bundle, first: Interpreter, second: Interpreter) -> tuple[Finding, ...]:
    """Walk every branch on one interpreter and replay the walks on the other.

    A disagreement is an error, unless it is on the closed list of declared ones; what the first cannot run at all is
    one too. What the second cannot run, and what no walk could reach, are told as warnings.
    """
    against = tuple(each for each in first.examine(bundle) if each.severity == "error")
    if against:
        return against
    walked = walk(bundle, first)
    found = [_troubled(each) for each in walked.troubles]
    opinion = second_opinion(bundle, walked.walks, first, second)
    for each in opinion.disagreements:
        facts = {"by": opinion.by, "how": str(each), "why": DECLARED.get(bundle.code, "")}
        message = "Expected {by} to go the same way, but it does not: {how}"
        severity: Severity = "note" if bundle.code in DECLARED else "error"
        found.append(Finding("second-opinion", message, severity, element=each.element, facts=facts))
    if opinion.refused:
        facts = {"by": opinion.by, "first": opinion.refused[0].sentence()}
        message = "There is no second opinion: {by} does not run this drawing. {first}"
        found.append(Finding("second-opinion", message, "warning", facts=facts))
    return tuple(found)


def _troubled(trouble: Trouble) -> Finding:
    """A case that gets stuck is an error; one that only lacks an answer that a form would demand is a warning."""
    way = " → ".join(str(each) for each in trouble.moves[-8:]) or "start"
    message = "Expected every way to lead to an end, but a case gets stuck there ({refusal}): {way}"
    severity: Severity = "error" if trouble.refusal == Stuck.__name__ else "warning"
    return Finding(
        "comes-to-an-end", message, severity, trouble.element, facts={"refusal": trouble.refusal, "way": way}
    )
