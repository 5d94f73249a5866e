"""The owner's drafts and their way to release."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing yet."""
