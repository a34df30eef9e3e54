"""收表: an office drops in its own sheet, checks what was understood of it, and hands it in; receipts; taking back."""
