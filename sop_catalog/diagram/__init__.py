"""What an SOP adds to the notation, how a drawing is laid out, and how it is shown. Running it is the engine's business."""
