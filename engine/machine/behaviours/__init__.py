"""One behaviour for each kind of element that the machine runs; what is not in this table is refused.

An element more is one small file more, and one line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from engine.machine.behaviours.call_activity import CallActivity
from engine.machine.behaviours.error_boundary_event import ErrorBoundaryEvent
from engine.machine.behaviours.error_end_event import ErrorEndEvent
from engine.machine.behaviours.escalation_boundary_event import EscalationBoundaryEvent
from engine.machine.behaviours.escalation_end_event import EscalationEndEvent
from engine.machine.behaviours.escalation_throw_event import EscalationThrowEvent
from engine.machine.behaviours.event_based_gateway import EventBasedGateway
from engine.machine.behaviours.exclusive_gateway import ExclusiveGateway
from engine.machine.behaviours.inclusive_gateway import InclusiveGateway
from engine.machine.behaviours.link_catch_event import LinkCatchEvent
from engine.machine.behaviours.link_throw_event import LinkThrowEvent
from engine.machine.behaviours.manual_task import ManualTask
from engine.machine.behaviours.message_boundary_event import MessageBoundaryEvent
from engine.machine.behaviours.message_catch_event import MessageCatchEvent
from engine.machine.behaviours.message_end_event import MessageEndEvent
from engine.machine.behaviours.message_start_event import MessageStartEvent
from engine.machine.behaviours.message_throw_event import MessageThrowEvent
from engine.machine.behaviours.none_end_event import NoneEndEvent
from engine.machine.behaviours.none_start_event import NoneStartEvent
from engine.machine.behaviours.none_throw_event import NoneThrowEvent
from engine.machine.behaviours.parallel_gateway import ParallelGateway
from engine.machine.behaviours.receive_task import ReceiveTask
from engine.machine.behaviours.send_task import SendTask
from engine.machine.behaviours.service_task import ServiceTask
from engine.machine.behaviours.sub_process import SubProcess
from engine.machine.behaviours.terminate_end_event import TerminateEndEvent
from engine.machine.behaviours.timer_boundary_event import TimerBoundaryEvent
from engine.machine.behaviours.timer_catch_event import TimerCatchEvent
from engine.machine.behaviours.timer_start_event import TimerStartEvent
from engine.machine.behaviours.user_task import UserTask
from engine.machine.program import Behaviour
from engine.notation import Event, EventDefinition, FlowNode

Kind: TypeAlias = tuple[type[FlowNode], type[EventDefinition] | None]

ALL: Final[tuple[type[Behaviour], ...]] = (
    CallActivity,
    ErrorBoundaryEvent,
    ErrorEndEvent,
    EscalationBoundaryEvent,
    EscalationEndEvent,
    EscalationThrowEvent,
    EventBasedGateway,
    ExclusiveGateway,
    InclusiveGateway,
    LinkCatchEvent,
    LinkThrowEvent,
    ManualTask,
    MessageBoundaryEvent,
    MessageCatchEvent,
    MessageEndEvent,
    MessageStartEvent,
    MessageThrowEvent,
    NoneEndEvent,
    NoneStartEvent,
    NoneThrowEvent,
    ParallelGateway,
    ReceiveTask,
    SendTask,
    ServiceTask,
    SubProcess,
    TerminateEndEvent,
    TimerBoundaryEvent,
    TimerCatchEvent,
    TimerStartEvent,
    UserTask,
)

BEHAVIOURS: Final[Mapping[Kind, type[Behaviour]]] = {each.draws: each for each in ALL}


def kind_of(drawn: FlowNode) -> Kind:
    """The key of an element in the table, whether or not it stands there."""
    if isinstance(drawn, Event) and drawn.definitions:
        return type(drawn), type(drawn.definitions[0])
    return type(drawn), None
