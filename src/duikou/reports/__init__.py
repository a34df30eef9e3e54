"""Figures become documents."""
