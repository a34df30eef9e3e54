"""Every word of the field, 中文 and English, with its source."""
