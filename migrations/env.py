"""How alembic reaches the database: over the connection that `engine.storage.schema` hands it, and no other way."""

from alembic import context

from engine.storage.tables import metadata
from sop_catalog import storage

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=[metadata, storage.metadata],
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
context.run_migrations()
