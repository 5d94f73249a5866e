"""The words of the drawing board, and what its lists choose from. The scripts of the page say nothing of their own."""

from __future__ import annotations

from typing import Any

from engine.domain.release import Bound, Clock, FieldKind, RungAct, Whose
from engine.queries.catalogue import catalogue
from engine.queries.people import offices as all_offices
from engine.queries.people import posts
from sop_catalog import registers
from sop_catalog.procedure import Generality, Level, Nature, Occasion, Scope, ServicePart, Sheet, Shown, Status
from web.identity import read
from web.language import gettext, titled

Choices = list[tuple[str, str]]


def kinds() -> Choices:
    """What a question may be answered with."""
    said = {
        "text": gettext("Short text"),
        "long-text": gettext("Long text"),
        "number": gettext("Number"),
        "money": gettext("Rupiah"),
        "date": gettext("Date"),
        "moment": gettext("Date and time"),
        "yes-no": gettext("Yes or no"),
        "choice": gettext("One of several choices"),
        "several": gettext("Any number of choices"),
        "region": gettext("Province, regency or city"),
        "village": gettext("Village, by its code"),
        "office": gettext("Office"),
        "country": gettext("Country"),
        "list": gettext("List, one entry a line"),
        "document": gettext("Paper to be attached"),
    }
    return [(each.value, said.get(each.value, each.value)) for each in FieldKind]


def bounds() -> Choices:
    """Where an answer is kept."""
    said = {
        "fact": gettext("With the case"),
        "subject": gettext("With the person, encrypted"),
        "case": gettext("As an office of the case"),
    }
    return [(each.value, said.get(each.value, each.value)) for each in Bound]


def clocks() -> Choices:
    """How an allowance is counted."""
    said = {
        "running-hours": gettext("running hours"),
        "working-hours": gettext("working hours"),
        "working-days": gettext("working days"),
        "calendar-days": gettext("calendar days"),
        "consecutive-days": gettext("consecutive days"),
        "months": gettext("months"),
    }
    return [(each.value, said[each.value]) for each in Clock]


def rungs() -> Choices:
    """What happens when a clock comes to a rung of its ladder."""
    said = {
        "remind": gettext("remind whoever has the work"),
        "tell-superior": gettext("tell their superior"),
        "hand-over": gettext("hand the work to the superior"),
        "incident": gettext("open an incident"),
    }
    return [(each.value, said[each.value]) for each in RungAct]


def offices() -> Choices:
    """Whose office a lane is in."""
    said = {
        "case": gettext("Office of the case"),
        "origin": gettext("Office of origin"),
        "destination": gettext("Office of destination"),
        "head": gettext("Head office"),
    }
    return [(each.value, said[each.value]) for each in Whose]


def sheet_words() -> dict[str, str]:
    """The lines of the cover sheet."""
    return {
        "title": gettext("Title"),
        "level": gettext("Level"),
        "area": gettext("Process area"),
        "owner": gettext("Unit"),
        "status": gettext("Status"),
        "nature": gettext("Nature"),
        "scope": gettext("Scope"),
        "generality": gettext("Generality"),
        "promised": gettext("Promised time"),
        "duties": gettext("Duties that a law gives a time for"),
        "ladder": gettext("When time runs out"),
        "legal": gettext("Legal basis"),
        "qualification": gettext("Qualification"),
        "related": gettext("Related procedures"),
        "equipment": gettext("Equipment"),
        "warning": gettext("Warning"),
        "record": gettext("Records"),
        "records": gettext("Records"),
        "fact": gettext("Facts that a case brings along"),
        "facts": gettext("Facts that a case brings along"),
        "occasion": gettext("What brings it about"),
        "shown": gettext("Public portal"),
        "standard": gettext("Service standard and public portal"),
        "office": gettext("Office whose variant it is"),
        "variant_of": gettext("Variant of"),
        "variant_edition": gettext("Compared with edition"),
    }


def occasions() -> Choices:
    """What brings the work about (PermenPANRB 35/2012: *sifat kegiatan*)."""
    said = {
        "pelayanan": gettext("service: somebody outside asks for it"),
        "rutin": gettext("routine: its time has come"),
        "penugasan": gettext("order of a superior"),
    }
    return [(each.value, said[each.value]) for each in Occasion]


def shown() -> Choices:
    """Whether the public may see it."""
    said = {"publik": gettext("Everybody may see it"), "internal": gettext("Not shown to the public")}
    return [(each.value, said[each.value]) for each in Shown]


def portal_words(sheet: Sheet) -> str:
    """Whether the public sees an SOP, and why."""
    if not sheet.is_public:
        return gettext("Not shown to the public")
    if sheet.shown is None:
        return gettext("Everybody may see it, for it is a service")
    return gettext("Everybody may see it")


def service_parts() -> Choices:
    """The parts of a service standard that are said in words."""
    said = {
        "biaya": gettext("Fee"),
        "pengaduan": gettext("Complaints, suggestions and input"),
        "pengawasan-internal": gettext("Internal supervision"),
        "jaminan-pelayanan": gettext("Guarantee of service"),
        "jaminan-keamanan": gettext("Guarantee of security and safety"),
        "evaluasi-kinerja": gettext("Evaluation of performance"),
    }
    return [(each.value, said[each.value]) for each in ServicePart]


def choices() -> dict[str, Choices]:
    """Everything that a list of the panel chooses from."""

    def plain(words: type[Any]) -> Choices:
        return [(each.value, each.value) for each in words]

    return {
        "kinds": kinds(),
        "bounds": bounds(),
        "clocks": clocks(),
        "rungs": rungs(),
        "offices": offices(),
        "posts": [(each.code, titled(each.code, each.title)) for each in read(posts)],
        "instruments": [(each.code, f"{each.code} – {each.about}"[:70]) for each in registers.instruments()],
        "areas": [(each.code, f"{each.code} {each.name}"[:60]) for each in registers.areas()],
        "procedures": [(row.code, f"{row.code.upper()} {row.title}") for row in read(catalogue)],
        "levels": plain(Level),
        "natures": plain(Nature),
        "scopes": plain(Scope),
        "generalities": plain(Generality),
        "statuses": plain(Status),
        "occasions": occasions(),
        "shown": shown(),
        "parts": service_parts(),
        "houses": [(each.code, each.name) for each in read(all_offices)],
        "acts": [("decide_disposition", gettext("A disposition is decided"))],
        "timers": [
            ("timeDuration", gettext("after a time")),
            ("timeDate", gettext("at a moment")),
            ("timeCycle", gettext("again and again")),
        ],
    }


def words() -> dict[str, Any]:
    """Everything that the page says by itself."""
    return {
        **sheet_words(),
        **_panel(),
        **_times(),
        **_elements(),
        "kept": _status(),
        "bpmn": _canvas(),
        "shortest": way_words(),
    }


def way_words() -> dict[str, str]:
    """What is said beside the shortest way to what is wrong."""
    return {
        "way": gettext("Shortest way there"),
        "step": gettext("step {nth} of {all}"),
        "back": gettext("Step before"),
        "on": gettext("Next step"),
        "close": gettext("Do not show the way any more"),
        "wrong": gettext("Here it goes wrong"),
    }


def _status() -> dict[str, str]:
    return {
        "saving": gettext("Saving …"),
        "saved": gettext("Saved {when}"),
        "offline": gettext("No connection: what you draw is still here; it is tried again every five seconds"),
        "stopped": gettext("Not saved"),
        "refused": gettext("Not saved"),
    }


def _panel() -> dict[str, str]:
    return {
        "sheet": gettext("Cover sheet"),
        "code": gettext("Code"),
        "codeHelp": gettext("Small letters and digits: c3-m05-02, c3-m05 or p-c3-01. Never used again."),
        "rest": gettext("Qualification and the rest"),
        "relatedHelp": gettext("Codes, one a line"),
        "factHelp": gettext("Names, one a line"),
        "standardHelp": gettext(
            "A service is shown on the public portal unless you say no; every other SOP only if you say so. What is left empty is told as “not determined yet”."
        ),
        "variant": gettext("Variant of one office"),
        "variantHelp": gettext("Leave both empty for an SOP of every office."),
        "variantOf": gettext("Stands in for"),
        "variantOffice": gettext("Office whose variant it is"),
        "variantEdition": gettext("Compared with edition"),
        "oneALine": gettext("One a line"),
        "allowance": gettext("Time limit"),
        "amount": gettext("Amount"),
        "clock": gettext("Counted in"),
        "basis": gettext("Wording of the rule it comes from"),
        "instrument": gettext("Rule"),
        "article": gettext("Article"),
        "addLegal": gettext("Add a legal basis"),
        "removeLegal": gettext("Remove this legal basis"),
        "post": gettext("Post"),
        "office": gettext("In which office"),
        "lane": gettext("Lane"),
        "noLane": gettext("none: draw it into a lane"),
        "name": gettext("Name"),
        "question": gettext("Question"),
        "answer": gettext("Answer (name of the arrow)"),
        "do": gettext("What the officer does"),
        "calls": gettext("Procedure that is called"),
        "requirements": gettext("What is needed"),
        "output": gettext("Output"),
        "more": gettext("Note, stage and more"),
        "note": gettext("Note"),
        "stage": gettext("Stage that the case enters"),
        "stageHelp": gettext("In maps, as people call it: Penapisan, Disposisi"),
        "act": gettext("What must be decided before it can be completed"),
        "each": gettext("Once for each of the list"),
        "eachHelp": gettext("Name of the list fact"),
        "item": gettext("Name of one entry"),
        "message": gettext("Message"),
        "error": gettext("Code of the error"),
        "escalation": gettext("Code of the escalation"),
        "timer": gettext("It is time"),
        "timerValue": gettext("When"),
        "timerHelp": gettext("PT4H is four hours, P3D three days; or FEEL over facts"),
        "condition": gettext("Condition (FEEL)"),
        "conditionHelp": gettext(
            'outcome = "lengkap" makes it a button of the step before; otherwise a condition over facts'
        ),
        "default": gettext("Taken where no condition is true"),
        "form": gettext("Form"),
        "addField": gettext("Add a field"),
        "newField": gettext("New field"),
        "label": gettext("Question on the form"),
        "fieldName": gettext("Name of the fact"),
        "fieldNameHelp": gettext("Small letters, digits and _; conditions read it"),
        "kind": gettext("Kind of answer"),
        "choices": gettext("Choices"),
        "choicesHelp": gettext("One a line: value|words"),
        "required": gettext("Required"),
        "alone": gettext("Asked of each person for themselves"),
        "bound": gettext("Kept"),
        "when": gettext("Asked only when (FEEL)"),
        "whenHelp": gettext("Empty: always"),
        "help": gettext("Help under the question"),
        "up": gettext("Move up"),
        "down": gettext("Move down"),
        "remove": gettext("Remove “{name}”"),
        "findings": gettext("{errors} to be mended, {all} in all"),
        "none": gettext("nothing stands against it"),
        "checking": gettext("checking …"),
        "unchecked": gettext("could not be checked"),
        "error_": gettext("Error"),
        "warning_": gettext("Warning"),
        "note_": gettext("Note"),
    }


def _times() -> dict[str, str]:
    return {
        "times": gettext("Time"),
        "dutiesHelp": gettext("Counted from one element to another, whatever lies between them"),
        "addDuty": gettext("Add a duty"),
        "newDuty": gettext("New duty"),
        "dutyTitle": gettext("What is owed"),
        "dutyCode": gettext("Code of the duty"),
        "dutyCodeHelp": gettext("Small letters, digits and hyphens; it stays, whatever the title becomes"),
        "dutyLawHelp": gettext("One a line: instrument | article"),
        "begins": gettext("Counted from when the case comes to"),
        "ends": gettext("Until the case has left"),
        "atStart": gettext("the start of the procedure"),
        "atEnd": gettext("the end of the procedure"),
        "most": gettext("May be extended by, in all"),
        "often": gettext("How often it may be extended"),
        "oftenHelp": gettext("Empty: never"),
        "usualLadder": gettext(
            "None of its own: at 75 % whoever has the work is reminded, at 100 % their superior is told, two working days later an incident is opened."
        ),
        "addPart": gettext("Add a part of the time"),
        "addAfter": gettext("Add a time after it was due"),
        "atPart": gettext("At per cent of the time"),
        "afterDue": gettext("After it was due"),
        "rungAct": gettext("What happens"),
        "stageTime": gettext("How long the case may stay in the stage"),
    }


def _elements() -> dict[str, str]:
    return {
        "bpmn:UserTask": gettext("Step"),
        "bpmn:ManualTask": gettext("Step by hand"),
        "bpmn:ServiceTask": gettext("Step of another system"),
        "bpmn:SendTask": gettext("Step that sends"),
        "bpmn:ReceiveTask": gettext("Step that waits for a message"),
        "bpmn:CallActivity": gettext("Call of a procedure"),
        "bpmn:SubProcess": gettext("Group of steps"),
        "bpmn:Lane": gettext("Lane"),
        "bpmn:Participant": gettext("Outside party"),
        "bpmn:SequenceFlow": gettext("Arrow"),
        "bpmn:MessageFlow": gettext("Message to or from outside"),
        "bpmn:ExclusiveGateway": gettext("Decision"),
        "bpmn:ParallelGateway": gettext("Fork or join"),
        "bpmn:InclusiveGateway": gettext("Fork by conditions"),
        "bpmn:EventBasedGateway": gettext("Whichever comes first"),
        "bpmn:StartEvent": gettext("Beginning"),
        "bpmn:EndEvent": gettext("End"),
        "bpmn:IntermediateCatchEvent": gettext("Waiting"),
        "bpmn:IntermediateThrowEvent": gettext("Telling"),
        "bpmn:BoundaryEvent": gettext("Event on a step"),
        "bpmn:TextAnnotation": gettext("Remark on the drawing"),
        "bpmn:Association": gettext("Line to a remark"),
    }


def _canvas() -> dict[str, str]:
    """What bpmn-js says, as this house says it."""
    return {
        "Activate hand tool": gettext("Move the sheet"),
        "Activate lasso tool": gettext("Select several"),
        "Activate create/remove space tool": gettext("Make or take away room"),
        "Activate global connect tool": gettext("Draw an arrow"),
        "Create start event": gettext("Beginning"),
        "Create end event": gettext("End"),
        "Create timer": gettext("Wait for a time"),
        "Create step": gettext("Step"),
        "Create step by hand": gettext("Step by hand"),
        "Create call of a procedure": gettext("Call of a procedure"),
        "Create group of steps": gettext("Group of steps"),
        "Create decision": gettext("Decision"),
        "Create fork or join": gettext("Fork or join"),
        "Create outside party": gettext("Outside party"),
        "Append end event": gettext("End here"),
        "Append gateway": gettext("Decision next"),
        "Append task": gettext("Step next"),
        "Append receive task": gettext("Step that waits for a message"),
        "Append message intermediate catch event": gettext("Wait for a message"),
        "Append timer intermediate catch event": gettext("Wait for a time"),
        "Add text annotation": gettext("Remark on the drawing"),
        "Change element": gettext("Make it something else"),
        "Delete": gettext("Delete"),
        "Connect to other element": gettext("Draw an arrow"),
        "Connect using association": gettext("Draw a line"),
        "Add lane above": gettext("Lane above"),
        "Add lane below": gettext("Lane below"),
        "Divide into two lanes": gettext("Divide into two lanes"),
        "Divide into three lanes": gettext("Divide into three lanes"),
        "User task": gettext("Step"),
        "Manual task": gettext("Step by hand"),
        "Service task": gettext("Step of another system"),
        "Send task": gettext("Step that sends"),
        "Receive task": gettext("Step that waits for a message"),
        "Call activity": gettext("Call of a procedure"),
        "Exclusive gateway": gettext("Decision"),
        "Parallel gateway": gettext("Fork or join"),
        "Inclusive gateway": gettext("Fork by conditions"),
        "Event-based gateway": gettext("Whichever comes first"),
        "Start event": gettext("Beginning"),
        "End event": gettext("End"),
        "Message start event": gettext("Beginning by a message"),
        "Timer start event": gettext("Beginning at a time"),
        "Message end event": gettext("End that tells"),
        "Error end event": gettext("End with an error"),
        "Escalation end event": gettext("End that escalates"),
        "Terminate end event": gettext("End of everything"),
        "Message boundary event": gettext("Message during the step"),
        "Timer boundary event": gettext("Late step"),
        "Error boundary event": gettext("Error in the step"),
        "Escalation boundary event": gettext("Escalation from the step"),
        "Timer boundary event (non-interrupting)": gettext("Late step, which goes on"),
        "Message boundary event (non-interrupting)": gettext("Message during the step, which goes on"),
        "Escalation boundary event (non-interrupting)": gettext("Escalation from the step, which goes on"),
        "Timer intermediate catch event": gettext("Wait for a time"),
        "Message intermediate catch event": gettext("Wait for a message"),
        "Message intermediate throw event": gettext("Send a message"),
        "Escalation intermediate throw event": gettext("Escalate"),
        "Sequence flow": gettext("Arrow"),
        "Default flow": gettext("Arrow taken otherwise"),
        "Conditional flow": gettext("Arrow with a condition"),
        "Sub-process (expanded)": gettext("Group of steps"),
        "Parallel multi-instance": gettext("For each of a list, together"),
        "Sequential multi-instance": gettext("For each of a list, one by one"),
        "Search": gettext("Search"),
        "Search elements": gettext("Search"),
    }
