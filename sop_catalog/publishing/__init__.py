"""From a drawing to a release in force: read, judged by every rule, walked on two interpreters, approved by a second person.

What is published is a release that needs nothing more: the engine never opens `bpmn/` and never reads our extension.
Who may publish is asked under the lock of what is published. Only a draft that somebody else approved comes into force.
"""

from sop_catalog.publishing.checking import Watch, check_paths
from sop_catalog.publishing.drafting import (
    HandedIn,
    approve,
    begin_draft,
    check_draft,
    hand_in,
    hand_in_and_submit,
    publish_due,
    rebase_draft,
    save_draft,
    send_back_draft,
    submit,
    withdraw_draft,
)
from sop_catalog.publishing.drawings import Drawing, Drawings, Verdict, bundle_of, read_file, read_folder
from sop_catalog.publishing.judging import judge, today
from sop_catalog.publishing.loading import FROM_FOLDER, Loaded, load_folder
from sop_catalog.publishing.opinions import opinion_on
from sop_catalog.publishing.releasing import build_release, in_force, put_in_force, revoke_edition
from sop_catalog.publishing.variants import VariantRow, begin_variant, variants

__all__ = [
    "FROM_FOLDER",
    "Drawing",
    "Drawings",
    "HandedIn",
    "Loaded",
    "VariantRow",
    "Verdict",
    "Watch",
    "approve",
    "begin_draft",
    "begin_variant",
    "build_release",
    "bundle_of",
    "check_draft",
    "check_paths",
    "hand_in",
    "hand_in_and_submit",
    "in_force",
    "judge",
    "load_folder",
    "opinion_on",
    "publish_due",
    "put_in_force",
    "read_file",
    "read_folder",
    "rebase_draft",
    "revoke_edition",
    "save_draft",
    "send_back_draft",
    "submit",
    "today",
    "variants",
    "withdraw_draft",
]
