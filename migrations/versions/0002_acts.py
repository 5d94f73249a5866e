"""What officers do beside finishing a step: take back, correct, hand over, comment, keep a draft."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Nothing yet."""
