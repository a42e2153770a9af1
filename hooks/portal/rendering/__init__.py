"""From the model to pages: one maker per kind of page, logic-free templates, no files written."""
