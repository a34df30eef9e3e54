"""The interface for programs: the same records, figures and acts at /api/, by the same rights."""
