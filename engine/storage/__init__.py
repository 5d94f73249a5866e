"""The only room that writes to the database: tables, rows to dataclasses and back, and the unit of work."""

from engine.storage.unit_of_work import Memory, Programs, UnitOfWork

__all__ = ["Memory", "Programs", "UnitOfWork"]
