"""The catalogue knows which procedures exist, judges their drawings and publishes them. It runs no case."""
