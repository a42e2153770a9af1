"""From Markdown and YAML files to the model. Every mistake becomes a Problem with file, line and column."""
