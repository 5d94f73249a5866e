"""Papers of a case, and the slip in the worker's hand."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing yet."""
