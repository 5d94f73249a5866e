"""Working times as numbered editions."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nothing yet."""
