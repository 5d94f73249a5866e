"""Functions over contexts. A context is never changed: each gives a new one."""

from typing import Final

from engine.feel.evaluate import Evaluation
from engine.feel.functions.signature import ANY, CONTEXT, KEYS, LIST, STRING, define
from engine.feel.kinds import Value

_ENTRY: Final = ("key", "value")


def get_value(run: Evaluation, m: dict[str, Value], key: str) -> Value:
    if key not in m:
        run.warn("no_property", f"Expected an entry “{key}”, but there is none.")
    return m.get(key)


def get_path(run: Evaluation, m: dict[str, Value], keys: str | list[Value]) -> Value:
    value: Value = m
    for key in keys if isinstance(keys, list) else [keys]:
        if type(value) is not dict or not isinstance(key, str):
            run.warn("no_property", "Expected an entry on the way, but there is none.")
            return None
        value = get_value(run, value, key)
    return value


def get_entries(_run: Evaluation, m: dict[str, Value]) -> Value:
    return [{"key": key, "value": value} for key, value in m.items()]


def context_put(run: Evaluation, context: dict[str, Value], keys: str | list[Value], value: Value) -> Value:
    """Put a value under a key, or under a path of keys that exist but for the last."""
    path = keys if isinstance(keys, list) else [keys]
    if not path or not all(isinstance(key, str) for key in path):
        run.warn("type_mismatch", "Expected a key or a list of keys.")
        return None
    return _put(run, context, [str(key) for key in path], value)


def context_merge(run: Evaluation, contexts: list[Value]) -> Value:
    merged: dict[str, Value] = {}
    for context in contexts:
        if type(context) is not dict:
            run.mismatch("a list of contexts", context)
            return None
        run.spend(len(context))
        merged.update(context)
    return merged


def context_of(run: Evaluation, entries: list[Value]) -> Value:
    """Make a context of entries `{key, value}`; null when a key comes twice."""
    made: dict[str, Value] = {}
    for entry in entries:
        key = entry.get("key") if type(entry) is dict and "value" in entry else None
        if type(entry) is not dict or not isinstance(key, str) or key in made:
            run.warn("type_mismatch", "Expected entries with a key, each once, and a value.")
            return None
        made[key] = entry["value"]
    return made


def _put(run: Evaluation, context: dict[str, Value], path: list[str], value: Value) -> Value:
    run.spend(len(context))
    if len(path) == 1:
        return {**context, path[0]: value}
    run.deeper(len(path))
    inner = context.get(path[0])
    if type(inner) is not dict:
        run.warn("no_property", f"Expected a context under “{path[0]}”, but there is none.")
        return None
    changed = _put(run, inner, path[1:], value)
    return None if changed is None else {**context, path[0]: changed}


FUNCTIONS: Final = (
    define("get value", get_value, m=CONTEXT, key=STRING),
    define("get value", get_path, m=CONTEXT, keys=KEYS),
    define("get entries", get_entries, m=CONTEXT),
    define("context put", context_put, context=CONTEXT, key=STRING, value=ANY),
    define("context put", context_put, context=CONTEXT, keys=KEYS, value=ANY),
    define("context merge", context_merge, contexts=LIST),
    define("context", context_of, entries=LIST),
)
