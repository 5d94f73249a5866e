"""The engine runs cases: releases, work items, deadlines, dispositions, officers. Nothing of sheets, HTTP or HTML.

This is its front door: other packages use the names below and no others. What pages read is in `engine.queries`.
"""

from engine.commands.accept_handover import accept_handover
from engine.commands.add_disposition_kind import add_disposition_kind
from engine.commands.add_office import add_office
from engine.commands.add_officer import add_officer
from engine.commands.add_post import add_post
from engine.commands.admit_person import admit_person
from engine.commands.assign_post import assign_post
from engine.commands.attach_paper import attach_paper
from engine.commands.cancel_case import cancel_case
from engine.commands.change_officer import change_officer
from engine.commands.claim_work_item import claim_work_item
from engine.commands.close_event import close_event
from engine.commands.comment_on_case import comment_on_case
from engine.commands.complete_work_item import complete_work_item
from engine.commands.create_token import create_token
from engine.commands.deactivate_officer import deactivate_officer
from engine.commands.decide_disposition import decide_disposition
from engine.commands.decline_handover import decline_handover
from engine.commands.end_holding import end_holding
from engine.commands.fail_work_item import fail_work_item
from engine.commands.keep_draft import keep_draft
from engine.commands.offer_handover import offer_handover
from engine.commands.open_case import open_case
from engine.commands.open_event import open_event
from engine.commands.pass_time import pass_time
from engine.commands.publish_release import drawings_hash, publish_release
from engine.commands.reactivate_officer import reactivate_officer
from engine.commands.read_paper import read_paper
from engine.commands.reassign_work_item import reassign_work_item
from engine.commands.receive_message import receive_message
from engine.commands.release_work_item import release_work_item
from engine.commands.replace_disposition import replace_disposition
from engine.commands.resolve_incident import resolve_incident
from engine.commands.retry_incident import retry_incident
from engine.commands.reveal_subject import reveal_subject
from engine.commands.revoke_release import revoke_release
from engine.commands.revoke_token import revoke_token
from engine.commands.set_calendar import set_calendar
from engine.commands.set_password import set_password
from engine.commands.sign_in import sign_in
from engine.commands.sign_out import sign_out
from engine.commands.withdraw_handover import withdraw_handover
from engine.commands.withdraw_paper import withdraw_paper
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid, NotYours, Refusal, Unavailable, WrongState
from engine.forms import FormNotValid, read_form
from engine.runtime import Engine, Unexpected
from engine.runtime.given import expect_sound
from engine.storage import UnitOfWork
from engine.storage.backup import Backup, read_backup, write_backup
from engine.storage.columns import Key, Moment
from engine.storage.database import Database
from engine.storage.identity import Session
from engine.storage.key_ring import KeyRing, new_key_ring, read_key_ring
from engine.storage.trail import verify_audit

__all__ = [
    "Backup",
    "Database",
    "Engine",
    "FormNotValid",
    "Key",
    "KeyRing",
    "Moment",
    "NotFound",
    "NotValid",
    "NotYours",
    "Receipt",
    "Refusal",
    "Session",
    "Unavailable",
    "Unexpected",
    "UnitOfWork",
    "WrongState",
    "accept_handover",
    "add_disposition_kind",
    "add_office",
    "add_officer",
    "add_post",
    "admit_person",
    "assign_post",
    "attach_paper",
    "cancel_case",
    "change_officer",
    "claim_work_item",
    "close_event",
    "comment_on_case",
    "complete_work_item",
    "create_token",
    "deactivate_officer",
    "decide_disposition",
    "decline_handover",
    "drawings_hash",
    "end_holding",
    "expect_sound",
    "fail_work_item",
    "keep_draft",
    "new_key_ring",
    "offer_handover",
    "open_case",
    "open_event",
    "pass_time",
    "publish_release",
    "reactivate_officer",
    "read_backup",
    "read_form",
    "read_key_ring",
    "read_paper",
    "reassign_work_item",
    "receive_message",
    "release_work_item",
    "replace_disposition",
    "resolve_incident",
    "retry_incident",
    "reveal_subject",
    "revoke_release",
    "revoke_token",
    "set_calendar",
    "set_password",
    "sign_in",
    "sign_out",
    "verify_audit",
    "withdraw_handover",
    "withdraw_paper",
    "write_backup",
]
