"""What happens by itself: time passes in cases, ladders are climbed, what was announced goes out, old keys go.

One module for each background service; `docs/services/` has a page for each. They ask the clock, which nothing below does.
The truth is in the rows: whatever wakes a worker, it looks there, and does each thing under the lock of its case.
"""

from engine.delivery import Hearing, Letter, Mail, NotAServer, Placements, Reporting, Way, Webhooks
from engine.worker.deliveries import deliver_due
from engine.worker.jobs import Jobs, prepare_jobs
from engine.worker.loop import Worker

__all__ = [
    "Hearing",
    "Jobs",
    "Letter",
    "Mail",
    "NotAServer",
    "Placements",
    "Reporting",
    "Way",
    "Webhooks",
    "Worker",
    "deliver_due",
    "prepare_jobs",
]
