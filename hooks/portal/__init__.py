"""The core of the Xinfang Guide portal: folders of Markdown and YAML become one checked library, then pages.

Nothing below this package imports MkDocs; `hooks/site_hooks.py` is the only adapter.
"""
