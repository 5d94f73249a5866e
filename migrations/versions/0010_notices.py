"""What officers are told, and webhooks."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing yet."""
