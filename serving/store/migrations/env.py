"""Alembic's entry: runs the migrations on the connection that `serving.store.migrate` opened."""

from alembic import context

from serving.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="types.",
)
with context.begin_transaction():
    context.run_migrations()
