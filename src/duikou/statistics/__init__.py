"""Sheets and a snapshot become figures, and the way back."""
