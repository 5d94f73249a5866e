"""The engine runs cases: releases, work items, deadlines, dispositions, officers. Nothing of sheets, HTTP or HTML.

This is its front door: other packages use the names below and no others. What pages read is in `engine.queries`.
"""

from engine.commands.accept_handover import accept_handover
from engine.commands.acknowledge_batch import acknowledge_batch
from engine.commands.add_claim_rule import add_claim_rule
from engine.commands.add_disposition_kind import add_disposition_kind
from engine.commands.add_office import add_office
from engine.commands.add_officer import add_officer
from engine.commands.add_pemda import add_pemda
from engine.commands.add_pemda_user import add_pemda_user
from engine.commands.add_post import add_post
from engine.commands.add_webhook import add_webhook
from engine.commands.admit_identity import admit_identity
from engine.commands.admit_person import admit_person
from engine.commands.answer_citizen_handover import answer_citizen_handover
from engine.commands.answer_citizen_question import answer_citizen_question
from engine.commands.apply_event import apply_event
from engine.commands.ask_citizen_question import ask_citizen_question
from engine.commands.ask_comparison import ask_comparison
from engine.commands.ask_extension import ask_extension
from engine.commands.assign_post import assign_post
from engine.commands.attach_paper import attach_paper
from engine.commands.begin_factor import begin_factor
from engine.commands.begin_pemda_factor import begin_pemda_factor
from engine.commands.cancel_case import cancel_case
from engine.commands.change_calendar import change_calendar
from engine.commands.change_office import change_office
from engine.commands.change_officer import change_officer
from engine.commands.choose_notices import choose_notices
from engine.commands.claim_work_item import claim_work_item
from engine.commands.close_event import close_event
from engine.commands.comment_on_case import comment_on_case
from engine.commands.complete_work_item import complete_work_item
from engine.commands.confirm_factor import confirm_factor
from engine.commands.confirm_merge import confirm_merge
from engine.commands.confirm_pemda_factor import confirm_pemda_factor
from engine.commands.correct_pause import correct_pause
from engine.commands.correct_work_item import correct_work_item
from engine.commands.count_pemda_month import count_pemda_month
from engine.commands.count_persons import PersonsCounted, count_persons
from engine.commands.create_token import create_token
from engine.commands.deactivate_officer import deactivate_officer
from engine.commands.decide_disposition import decide_disposition
from engine.commands.decide_extension import decide_extension
from engine.commands.decline_handover import decline_handover
from engine.commands.decline_merge import decline_merge
from engine.commands.end_claim_rule import end_claim_rule
from engine.commands.end_holding import end_holding
from engine.commands.end_pause import end_pause
from engine.commands.end_pemda import end_pemda
from engine.commands.end_pemda_session import end_pemda_session
from engine.commands.end_pemda_user import end_pemda_user
from engine.commands.end_provider_sessions import end_provider_sessions
from engine.commands.end_session import end_session
from engine.commands.end_webhook import end_webhook
from engine.commands.export_figures import export_figures
from engine.commands.export_person import export_person
from engine.commands.fail_work_item import fail_work_item
from engine.commands.fetch_batch import BatchFile, fetch_batch
from engine.commands.finish_trail_check import finish_trail_check
from engine.commands.give_feedback import FeedbackGiven, give_feedback
from engine.commands.import_subjects import import_subjects
from engine.commands.index_subjects import index_subjects
from engine.commands.issue_slip import SlipIssued, issue_slip
from engine.commands.keep_draft import keep_draft
from engine.commands.link_identity import link_identity
from engine.commands.link_placement import link_placement
from engine.commands.link_subject import link_subject
from engine.commands.list_citizens import CitizenList, list_citizens
from engine.commands.make_batch import make_batch
from engine.commands.mend_difference import mend_difference
from engine.commands.merge_recruiters import merge_recruiters
from engine.commands.offer_handover import offer_handover
from engine.commands.open_case import open_case
from engine.commands.open_event import open_event
from engine.commands.open_request import open_request
from engine.commands.pass_factor import pass_factor
from engine.commands.pass_pemda_factor import pass_pemda_factor
from engine.commands.pass_time import pass_time
from engine.commands.pause_clocks import pause_clocks
from engine.commands.place_citizen import place_citizen
from engine.commands.prepare_figures import prepare_figures
from engine.commands.print_letter import Extended, Letter, Matter, print_letter
from engine.commands.propose_merge import propose_merge
from engine.commands.publish_figures import publish_figures
from engine.commands.publish_release import drawings_hash, publish_release
from engine.commands.reactivate_officer import reactivate_officer
from engine.commands.read_citizen import CitizenPage, read_citizen
from engine.commands.read_citizen_paper import read_citizen_paper
from engine.commands.read_feedback import FeedbackStatus, read_feedback
from engine.commands.read_notices import read_notices
from engine.commands.read_paper import read_paper
from engine.commands.read_slip import SlipStatus, read_slip
from engine.commands.reassign_work_item import reassign_work_item
from engine.commands.receive_message import receive_message
from engine.commands.recognise_subject import recognise_subject
from engine.commands.reconcile_placements import reconcile_placements
from engine.commands.recount_case import recount_case
from engine.commands.release_work_item import release_work_item
from engine.commands.renew_pemda_codes import renew_pemda_codes
from engine.commands.renew_recovery_codes import renew_recovery_codes
from engine.commands.reopen_case import reopen_case
from engine.commands.replace_disposition import replace_disposition
from engine.commands.replay_dispatch import replay_dispatch
from engine.commands.replay_dispatches import replay_dispatches
from engine.commands.report_citizen_arrival import report_citizen_arrival
from engine.commands.require_factor import require_factor
from engine.commands.resend_dispatch import resend_dispatch
from engine.commands.reset_factor import reset_factor
from engine.commands.reset_pemda_factor import reset_pemda_factor
from engine.commands.resolve_dispatch import resolve_dispatch
from engine.commands.resolve_incident import resolve_incident
from engine.commands.resume_case import resume_case
from engine.commands.retry_incident import retry_incident
from engine.commands.return_work_item import return_work_item
from engine.commands.reveal_person import reveal_person
from engine.commands.reveal_recruiter import reveal_recruiter
from engine.commands.reveal_subject import reveal_subject
from engine.commands.revoke_release import revoke_release
from engine.commands.revoke_slip import revoke_slip
from engine.commands.revoke_token import revoke_token
from engine.commands.rotate_keys import rotate_keys
from engine.commands.rotate_webhook_secret import rotate_webhook_secret
from engine.commands.search_subjects import search_subjects
from engine.commands.set_aside_event import set_aside_event
from engine.commands.set_mail_address import set_mail_address
from engine.commands.set_password import set_password
from engine.commands.set_pemda_password import set_pemda_password
from engine.commands.set_sign_on_rules import set_sign_on_rules
from engine.commands.sign_in import sign_in
from engine.commands.sign_in_pemda import sign_in_pemda
from engine.commands.sign_out import sign_out
from engine.commands.sign_out_pemda import sign_out_pemda
from engine.commands.start_trail_check import start_trail_check
from engine.commands.suspend_case import suspend_case
from engine.commands.take_back_work_item import take_back_work_item
from engine.commands.take_in_batch import take_in_batch
from engine.commands.take_in_event import take_in_event
from engine.commands.try_webhook import try_webhook
from engine.commands.undo_merge import undo_merge
from engine.commands.unlink_identity import unlink_identity
from engine.commands.withdraw_dispatch import withdraw_dispatch
from engine.commands.withdraw_handover import withdraw_handover
from engine.commands.withdraw_paper import withdraw_paper
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid, NotYours, Refusal, Unavailable, WrongState
from engine.forms import FormNotValid, read_form
from engine.rights import expect_power
from engine.runtime import Engine, Unexpected
from engine.runtime.given import expect_sound
from engine.storage import UnitOfWork
from engine.storage.access_chain import verify_access
from engine.storage.backup import Backup, read_backup, write_backup
from engine.storage.cells import cells_under
from engine.storage.columns import Key, Moment
from engine.storage.database import Database
from engine.storage.identity import Session
from engine.storage.key_ring import KeyRing, drop_key, new_key_ring, read_key_ring, turn_key_ring
from engine.storage.trail import verify_audit
from engine.storage.trail_check import TrailCheck, ends_of, not_continued

__all__ = [
    "Backup",
    "BatchFile",
    "CitizenList",
    "CitizenPage",
    "Database",
    "Engine",
    "Extended",
    "FeedbackGiven",
    "FeedbackStatus",
    "FormNotValid",
    "Key",
    "KeyRing",
    "Letter",
    "Matter",
    "Moment",
    "NotFound",
    "NotValid",
    "NotYours",
    "PersonsCounted",
    "Receipt",
    "Refusal",
    "Session",
    "SlipIssued",
    "SlipStatus",
    "TrailCheck",
    "Unavailable",
    "Unexpected",
    "UnitOfWork",
    "WrongState",
    "accept_handover",
    "acknowledge_batch",
    "add_claim_rule",
    "add_disposition_kind",
    "add_office",
    "add_officer",
    "add_pemda",
    "add_pemda_user",
    "add_post",
    "add_webhook",
    "admit_identity",
    "admit_person",
    "answer_citizen_handover",
    "answer_citizen_question",
    "apply_event",
    "ask_citizen_question",
    "ask_comparison",
    "ask_extension",
    "assign_post",
    "attach_paper",
    "begin_factor",
    "begin_pemda_factor",
    "cancel_case",
    "cells_under",
    "change_calendar",
    "change_office",
    "change_officer",
    "choose_notices",
    "claim_work_item",
    "close_event",
    "comment_on_case",
    "complete_work_item",
    "confirm_factor",
    "confirm_merge",
    "confirm_pemda_factor",
    "correct_pause",
    "correct_work_item",
    "count_pemda_month",
    "count_persons",
    "create_token",
    "deactivate_officer",
    "decide_disposition",
    "decide_extension",
    "decline_handover",
    "decline_merge",
    "drawings_hash",
    "drop_key",
    "end_claim_rule",
    "end_holding",
    "end_pause",
    "end_pemda",
    "end_pemda_session",
    "end_pemda_user",
    "end_provider_sessions",
    "end_session",
    "end_webhook",
    "ends_of",
    "expect_power",
    "expect_sound",
    "export_figures",
    "export_person",
    "fail_work_item",
    "fetch_batch",
    "finish_trail_check",
    "give_feedback",
    "import_subjects",
    "index_subjects",
    "issue_slip",
    "keep_draft",
    "link_identity",
    "link_placement",
    "link_subject",
    "list_citizens",
    "make_batch",
    "mend_difference",
    "merge_recruiters",
    "new_key_ring",
    "not_continued",
    "offer_handover",
    "open_case",
    "open_event",
    "open_request",
    "pass_factor",
    "pass_pemda_factor",
    "pass_time",
    "pause_clocks",
    "place_citizen",
    "prepare_figures",
    "print_letter",
    "propose_merge",
    "publish_figures",
    "publish_release",
    "reactivate_officer",
    "read_backup",
    "read_citizen",
    "read_citizen_paper",
    "read_feedback",
    "read_form",
    "read_key_ring",
    "read_notices",
    "read_paper",
    "read_slip",
    "reassign_work_item",
    "receive_message",
    "recognise_subject",
    "reconcile_placements",
    "recount_case",
    "release_work_item",
    "renew_pemda_codes",
    "renew_recovery_codes",
    "reopen_case",
    "replace_disposition",
    "replay_dispatch",
    "replay_dispatches",
    "report_citizen_arrival",
    "require_factor",
    "resend_dispatch",
    "reset_factor",
    "reset_pemda_factor",
    "resolve_dispatch",
    "resolve_incident",
    "resume_case",
    "retry_incident",
    "return_work_item",
    "reveal_person",
    "reveal_recruiter",
    "reveal_subject",
    "revoke_release",
    "revoke_slip",
    "revoke_token",
    "rotate_keys",
    "rotate_webhook_secret",
    "search_subjects",
    "set_aside_event",
    "set_mail_address",
    "set_password",
    "set_pemda_password",
    "set_sign_on_rules",
    "sign_in",
    "sign_in_pemda",
    "sign_out",
    "sign_out_pemda",
    "start_trail_check",
    "suspend_case",
    "take_back_work_item",
    "take_in_batch",
    "take_in_event",
    "try_webhook",
    "turn_key_ring",
    "undo_merge",
    "unlink_identity",
    "verify_access",
    "verify_audit",
    "withdraw_dispatch",
    "withdraw_handover",
    "withdraw_paper",
    "write_backup",
]
