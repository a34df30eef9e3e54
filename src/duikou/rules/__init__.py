"""Facts and what must hold for them: plain Python, no Django."""
