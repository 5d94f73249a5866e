"""Plain BPMN 2.0 of any modeller, without a word of ours in it: checked, published and worked to its end over REST."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from engine import create_token
from engine.machine import Machine
from engine.worker import Worker
from sop_catalog.publishing import approve
from tests.engine.constructs.sketch import drawn
from tests.web.office import ELSEWHERE, HELPDESK, NOW, OWNER, SECOND, SISPOPMI, Browser, Clock, add_second_owner
from tests.web.one_app import app_over
from web.cli import main
from web.wiring import Wiring

V1 = "/api/v1"
CHOICE = """
    start -> user Check -> xor x
    x -[= approved = true and amount > 10]-> user Pay -> end paid
    x -[approved = true]-> end small
    x -[*]-> user Tell -> end refused
"""
FROM_A_MODELLER = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
    xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn"
    modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.7.0" exporter="Camunda Modeler">
  <bpmn:collaboration id="Collaboration_1">
    <bpmn:participant id="Participant_1" name="Office" processRef="Process_0abc" />
    <bpmn:participant id="Participant_2" name="Family" />
    <bpmn:participant id="Participant_3" name="Hospital" processRef="Process_1def" />
    <bpmn:messageFlow id="Flow_m" sourceRef="Activity_2" targetRef="Participant_2" />
  </bpmn:collaboration>
  <bpmn:process id="Process_0abc" isExecutable="true">
    <bpmn:laneSet id="LaneSet_1">
      <bpmn:lane id="Lane_1" name="Clerk">
        <bpmn:flowNodeRef>StartEvent_1</bpmn:flowNodeRef><bpmn:flowNodeRef>Activity_1</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>Gateway_1</bpmn:flowNodeRef><bpmn:flowNodeRef>Event_1</bpmn:flowNodeRef>
      </bpmn:lane>
      <bpmn:lane id="Lane_2" name="System"><bpmn:flowNodeRef>Activity_2</bpmn:flowNodeRef></bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="StartEvent_1"><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="StartEvent_1" targetRef="Activity_1" />
    <bpmn:userTask id="Activity_1" name="Look" camunda:assignee="demo" camunda:formKey="embedded:x" bioc:stroke="#0d4372">
      <bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="clerks" /></bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="Flow_2" sourceRef="Activity_1" targetRef="Gateway_1" />
    <bpmn:exclusiveGateway id="Gateway_1" default="Flow_4" />
    <bpmn:sequenceFlow id="Flow_3" name="yes" sourceRef="Gateway_1" targetRef="Activity_2">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=approved</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="Flow_4" sourceRef="Gateway_1" targetRef="Event_1" />
    <bpmn:serviceTask id="Activity_2" name="Write">
      <bpmn:extensionElements><zeebe:taskDefinition type="email" retries="3" /></bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="Flow_5" sourceRef="Activity_2" targetRef="Event_1" />
    <bpmn:endEvent id="Event_1" />
  </bpmn:process>
  <bpmn:process id="Process_1def" isExecutable="false" />
</bpmn:definitions>"""


def plain(text: str, code: str = "plain", of: str = "main") -> str:
    """One process of a sketch, as a file that does not say whether it is executable."""
    return drawn(text)[of].replace(f'"{of}"', f'"{code}"').replace(' isExecutable="true"', "")


@dataclass
class Remote:
    """Somebody with nothing but an address and a token; what they send in, a second owner approves."""

    client: FlaskClient
    wiring: Wiring
    clock: Clock
    owner: str
    token: str
    case: str = ""

    def ask(self, address: str) -> Any:
        answer = self.client.get(V1 + address, headers={"Authorization": f"Bearer {self.token}"})
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def send(self, address: str, expected: int = 200, **body: Any) -> Any:
        answer = self.client.post(V1 + address, json=body, headers={"Authorization": f"Bearer {self.token}"})
        assert answer.status_code == expected, answer.text
        return answer.get_json()

    def publish(self, xml: str) -> Any:
        headers = {"Authorization": f"Bearer {self.owner}"}
        answer = self.client.post(f"{V1}/releases", data=xml.encode(), content_type="application/xml", headers=headers)
        assert answer.status_code == 201, answer.text
        told = answer.get_json()
        assert [each for each in told["findings"] if each["severity"] == "error"] == []
        number, seen = told["draft"]["number"], told["draft"]["version"]
        given: dict[str, Any] = {"at": self.clock.now, "interpreters": [Machine()], "seen": seen, "note": "Setuju."}
        assert approve(self.wiring.engine, number, officer=SECOND, **given).receipt
        return told

    def begin(self, text: str, **facts: Any) -> Remote:
        self.publish(plain(text))
        self.case = self.send("/cases", 201, release="plain", facts=facts)["number"]
        return self

    def item(self, element: str) -> Any:
        found = [each for each in self.ask("/work-items?office")["work_items"] if each["case"] == self.case]
        return next(each for each in found if each["element"] == element)

    def do(self, element: str, expected: int = 200, **body: Any) -> Remote:
        item = self.item(element)
        self.send(f"/work-items/{item['id']}/complete", expected, seen=item["version"], **body)
        return self

    def fail(self, element: str, code: str, expected: int = 200) -> Remote:
        item = self.item(element)
        self.send(f"/work-items/{item['id']}/fail", expected, seen=item["version"], code=code)
        return self

    def message(self, name: str, **facts: Any) -> Remote:
        self.send("/messages", name=name, keys={"case": self.case}, facts=facts)
        return self

    def later(self, **more: float) -> Remote:
        self.clock.now += timedelta(**more)
        Worker(self.wiring.engine, lambda: self.clock.now).work_once()
        return self

    @property
    def shown(self) -> Any:
        return self.ask(f"/cases/{self.case}")

    @property
    def waiting(self) -> list[str]:
        return sorted(each["element"] for each in self.shown["work_items"])

    @property
    def end(self) -> tuple[str, str]:
        return self.shown["state"], self.shown["ended_how"]


COMPLETED = ("completed", "completed")


@pytest.fixture
def remote(wiring: Wiring, clock: Clock) -> Remote:
    add_second_owner(wiring)
    owner, token = (wiring.engine.perform(create_token, each, name="uji", at=NOW).name for each in (OWNER, HELPDESK))
    return Remote(app_over(wiring).test_client(), wiring, clock, owner, token)


def test_user_tasks_are_listed_taken_given_back_and_steered_by_facts(remote: Remote) -> None:
    remote.begin(CHOICE)
    item = next(each for each in remote.ask("/work-items?post")["work_items"] if each["case"] == remote.case)
    taken = remote.send(f"/work-items/{item['id']}/claim", seen=item["version"])
    back = remote.send(f"/work-items/{item['id']}/release", seen=taken["version"])

    remote.do("Check", facts={"approved": True, "amount": 11})

    assert (item["post"], item["kind"], taken["state"], back["state"]) == ("", "userTask", "reserved", "ready")
    assert remote.waiting == ["Pay"]
    assert remote.shown["facts"] == {"amount": 11, "approved": True}
    assert remote.do("Pay").end == COMPLETED


@pytest.mark.parametrize(("facts", "waits"), [({"approved": True, "amount": 1}, []), ({"approved": False}, ["Tell"])])
def test_the_first_true_condition_or_the_default_is_taken(
    remote: Remote, facts: dict[str, Any], waits: list[str]
) -> None:
    assert remote.begin(CHOICE).do("Check", facts=facts).waiting == waits


def test_a_fact_that_nothing_reads_is_refused_by_name(remote: Remote) -> None:
    remote.begin(CHOICE)
    item = remote.item("Check")

    told = remote.send(f"/work-items/{item['id']}/complete", 422, seen=item["version"], facts={"approvd": True})

    assert list(told["errors"]) == ["approvd"]
    assert remote.waiting == ["Check"]


def test_another_office_sees_neither_the_case_nor_its_items(remote: Remote) -> None:
    remote.begin(CHOICE)
    item = remote.item("Check")
    remote.token = remote.wiring.engine.perform(create_token, ELSEWHERE, name="uji", at=NOW).name

    assert remote.ask("/work-items?office")["work_items"] == remote.ask("/work-items?post")["work_items"] == []
    remote.send(f"/work-items/{item['id']}/claim", 404, seen=item["version"])


def test_outcomes_choose_between_exits_and_may_be_left_out_where_there_is_a_default(remote: Remote) -> None:
    text = 'start -> user A -> xor x\nx -[outcome = "again"]-> A\nx -[outcome = "yes" and amount > 1]-> end big\nx -[*]-> end'
    remote.begin(text)
    assert remote.shown["work_items"][0]["outcomes"] == ["again", "yes", ""]

    remote.do("A", outcome="again").do("A", 422, outcome="yess")

    assert remote.waiting == ["A"]
    assert remote.do("A").end == COMPLETED


def test_parallel_branches_are_joined(remote: Remote) -> None:
    remote.begin("start -> and f -> user A -> and j -> user C -> end\nf -> manual B -> j")

    assert remote.waiting == ["A", "B"]
    assert remote.do("B").do("A").waiting == ["C"]
    assert remote.do("C").end == COMPLETED


def test_inclusive_branches_are_taken_as_facts_say(remote: Remote) -> None:
    text = "start -> user Q -> or f -[a]-> user A -> or j -> end\nf -[b]-> user B -> j\nf -[*]-> user D -> j"
    remote.begin(text, a=True).do("Q", facts={"b": True})

    assert remote.waiting == ["A", "B"]
    assert remote.do("A").do("B").end == COMPLETED


WAITS = "start -> events e -> catch m (message reply) -> xor x -[good]-> end\nx -[*]-> user Bad -> end\ne -> catch t (timer P2D) -> end late"


def test_the_first_event_wins_be_it_a_message(remote: Remote) -> None:
    remote.begin(WAITS)
    shown = remote.shown

    remote.message("reply", good=True)

    assert (shown["messages"], [each["element"] for each in shown["timers"]]) == (["reply"], ["t"])
    assert remote.end == COMPLETED


def test_the_first_event_wins_be_it_the_clock(remote: Remote) -> None:
    assert remote.begin(WAITS).later(days=1).shown["state"] == "running"
    assert remote.later(days=1, minutes=1).end == COMPLETED


def test_a_message_finds_its_case_by_a_fact(remote: Remote) -> None:
    text = "start -> receive R (about reply) -> xor x -[number = 7]-> user A -> end\nx -[*]-> end"
    remote.begin(text, number=7)

    remote.send("/messages", name="reply", keys={"number": 7})

    assert remote.waiting == ["A"]


def test_a_message_begins_a_case_of_the_one_office_of_who_sends_it(remote: Remote) -> None:
    remote.publish(plain("start s (message found) -> user A -> end"))

    remote.case = remote.send("/messages", name="found", keys={})["case"]

    assert remote.shown["office"] == "bp3mi-jatim"
    assert remote.do("A").end == COMPLETED


def test_an_error_in_a_sub_process_leaves_it_by_its_boundary(remote: Remote) -> None:
    text = "start -> sub S {\nstart i -> user A -> end bad (error LOST)\n}\nS -> end\nboundary b (on S; error LOST) -> user M -> end"
    assert remote.begin(text).do("A").waiting == ["M"]
    assert remote.do("M").end == COMPLETED


def test_a_boundary_timer_beside_reminds_and_one_that_interrupts_takes_away(remote: Remote) -> None:
    text = "start -> user A -> end\nboundary b (on A; timer PT1H; beside) -> user R -> end\nboundary c (on A; timer PT5H) -> end"
    assert remote.begin(text).later(hours=2).waiting == ["A", "R"]
    assert remote.later(hours=4).waiting == ["R"]
    assert remote.do("R").end == COMPLETED


def test_a_called_process_is_published_by_itself_and_runs_in_the_same_case(remote: Remote) -> None:
    text = "start -> call C (calls below) -> user B -> end\nprocess below {\nstart -> user A -> end\n}"
    remote.publish(plain(text, "below", of="below"))

    assert remote.begin(text).do("A").waiting == ["B"]
    assert remote.do("B").end == COMPLETED


def test_one_task_for_each_entry_of_a_list(remote: Remote) -> None:
    remote.begin("start -> user List -> user Visit (each person in persons) -> end")
    remote.do("List", facts={"persons": ["a", "b", "c"]})

    assert remote.waiting == ["Visit"] * 3
    assert remote.do("Visit").do("Visit").do("Visit").end == COMPLETED


def test_a_service_task_waits_for_whoever_answers(remote: Remote) -> None:
    text = "start -> service S -> xor x -[ok]-> end\nx -[*]-> user Again -> end\nboundary b (on S; error DOWN) -> user M -> end"
    remote.begin(text).later(days=1)
    item = remote.item("S")
    assert (item["kind"], item["post"]) == ("serviceTask", "")
    assert [each for each in remote.ask("/work-items?post")["work_items"] if each["case"] == remote.case] == []

    assert remote.do("S", facts={"ok": True}).end == COMPLETED


def test_a_service_task_that_failed_goes_on_by_its_boundary_and_a_misspelt_code_does_not(remote: Remote) -> None:
    remote.begin("start -> service S -> end\nboundary b (on S; error DOWN) -> user M -> end")

    remote.fail("S", "DWON", 409)

    assert remote.waiting == ["S"]
    assert remote.fail("S", "DOWN").waiting == ["M"]
    assert remote.do("M").end == COMPLETED


def test_a_send_task_waits_for_an_answer_where_nobody_here_wants_its_message(remote: Remote) -> None:
    assert remote.begin("start -> send S (about letter) -> end").later(hours=1).waiting == ["S"]
    assert remote.do("S").end == COMPLETED


def test_a_send_task_is_done_when_its_message_has_come_to_a_case_here(remote: Remote) -> None:
    text = "start -> and f -> send S (about go) -> and j -> end\nf -> receive R (about go) -> j"
    assert remote.begin(text).later(minutes=1).end == COMPLETED


def test_links_throws_and_terminate(remote: Remote) -> None:
    text = """
        start -> user A -> throw o (link on)
        catch i (link on) -> throw t (message told) -> and f -> user B -> end all (terminate)
        f -> user C -> end
    """
    assert remote.begin(text).do("A").waiting == ["B", "C"]
    assert remote.do("B").end == ("completed", "terminated")


def test_an_escalation_is_heard_around_and_one_that_nobody_hears_stops_nothing(remote: Remote) -> None:
    text = """
        start -> sub S {
            start i -> user A -> throw e (escalation LATE) -> user B -> end x (escalation LOST)
        }
        S -> end
        boundary b (on S; escalation LATE; beside) -> user Boss -> end
    """
    assert remote.begin(text).do("A").waiting == ["B", "Boss"]
    assert remote.do("Boss").do("B").end == COMPLETED


def test_an_error_that_nothing_catches_ends_the_case_and_says_so(remote: Remote) -> None:
    assert remote.begin("start -> user A -> end bad (error LOST)").do("A").end == ("completed", "error LOST")


def test_the_history_tells_outcomes_facts_and_errors(remote: Remote) -> None:
    text = 'start -> user A -> xor x -[outcome = "go" and ok]-> service S -> end\nx -[*]-> end\nboundary b (on S; error E) -> end'
    remote.begin(text).do("A", outcome="go", facts={"ok": True}).fail("S", "E")

    records = remote.ask(f"/cases/{remote.case}/history")["records"]

    assert [each["kind"] for each in records] == [
        "case.ended",
        "work_item.failed",
        "work_item.completed",
        "case.opened",
    ]
    assert (records[1]["data"]["code"], records[2]["data"]["outcome"]) == ("E", "go")
    assert records[2]["data"]["facts"] == {"ok": True}


def test_a_file_of_a_modeller_is_taken_as_it_is(remote: Remote) -> None:
    told = remote.publish(FROM_A_MODELLER)
    remote.case = remote.send("/cases", 201, release="Process_0abc")["number"]

    remote.do("Activity_1", facts={"approved": True})

    ignored = [each["message"] for each in told["findings"] if each["rule"] == "foreign-ignored"]
    assert [each for each in ignored if "assignee" in each and "post of its lane decides" in each]
    assert [each for each in ignored if "taskDefinition" in each]
    assert remote.waiting == ["Activity_2"]
    assert remote.do("Activity_2").end == COMPLETED


def test_its_steps_are_worked_in_the_pages_too(remote: Remote, officer: Callable[[str], Browser]) -> None:
    remote.begin("start -> user Look -> end")
    browser = officer(SISPOPMI)

    page = browser.get(browser.get("/work/post").link("Look"))
    done = page.submit("/complete")

    assert "Siapa pun di kantor ini" in page.text
    assert (done.status, remote.end) == (200, COMPLETED)


def test_the_page_asks_for_the_facts_that_the_way_on_depends_on(
    remote: Remote, officer: Callable[[str], Browser]
) -> None:
    remote.begin(CHOICE)
    browser = officer(SISPOPMI)

    page = browser.get(browser.get("/work/post").link("Check"))
    done = page.submit("/complete", **{"fact-approved": "true", "fact-amount": "12.5"})

    assert done.status == 200
    assert (remote.waiting, remote.shown["facts"]["approved"]) == (["Pay"], True)


def test_the_page_asks_for_the_list_that_is_gone_through_next(
    remote: Remote, officer: Callable[[str], Browser]
) -> None:
    remote.begin("start -> user List -> user Visit (each person in persons) -> end")
    browser = officer(SISPOPMI)

    browser.get(browser.get("/work/post").link("List")).submit("/complete", **{"fact-persons": '["a", "b"]'})

    assert remote.waiting == ["Visit", "Visit"]


@pytest.mark.parametrize("xml", [plain(CHOICE), FROM_A_MODELLER])
def test_the_check_accepts_it_and_the_findings_are_no_errors(xml: str, tmp_path: Path) -> None:
    (tmp_path / "plain.bpmn").write_text(xml)

    done = CliRunner().invoke(main, ["check", "--json", str(tmp_path / "plain.bpmn")])

    verdict = json.loads(done.stdout)[0]
    assert (done.exit_code, verdict["verdict"]) == (0, "accepted")
    assert {each["severity"] for each in verdict["findings"]} <= {"warning", "note"}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (' id="plain"', ' id="plain" isExecutable="false"', "executable"),
        ("<userTask ", '<userTask camunda:expression="x" ', "code-of-other-engines"),
        ("</conditionExpression>", " +</conditionExpression>", "feel-readable"),
        ("<userTask ", "<task ", "element-outside-profile"),
    ],
)
def test_what_could_not_run_as_drawn_is_refused_all_the_same(old: str, new: str, rule: str, tmp_path: Path) -> None:
    altered = plain(CHOICE).replace(old, new).replace("</userTask>", "</task>" if "<task" in new else "</userTask>")
    (tmp_path / "plain.bpmn").write_text(altered)

    done = CliRunner().invoke(main, ["check", "--json", str(tmp_path / "plain.bpmn")])

    errors = {each["rule"] for each in json.loads(done.stdout)[0]["findings"] if each["severity"] == "error"}
    assert (done.exit_code, rule in errors) == (1, True)
