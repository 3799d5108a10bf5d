"""Alembic's entry: works on the connection that `damping.store.migrate` hands over."""

from alembic import context

from damping.store.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
