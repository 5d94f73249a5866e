"""The engine as it runs: the one place where a transaction begins and ends, and what stays between two of them."""

from engine.runtime.engine import TRIES, Engine, Unexpected

__all__ = ["TRIES", "Engine", "Unexpected"]
