"""The SOP as a table: read from a file people can type, and drawn as a diagram."""
