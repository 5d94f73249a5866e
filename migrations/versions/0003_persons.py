"""The register of persons: keys to find them by, merges, where they came from, recruiters."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing yet."""
