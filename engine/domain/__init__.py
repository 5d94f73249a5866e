"""The nouns of the engine: plain frozen dataclasses without input, output or clock."""
