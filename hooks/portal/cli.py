"""The command line: `portal check | list | build | …`; each command stands in a module of its own subject.

Exit codes: 0 all is well, 1 there is something to mend, 2 the command was written wrongly.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from portal.cli_lazy import LazyGroup
from portal.cli_options import TODAY_KEY

_COMMANDS = {
    "build": "portal.cli_site:build",
    "check": "portal.cli_check:check",
    "deadline": "portal.cli_answers:deadline_command",
    "fix": "portal.cli_author:fix",
    "impact": "portal.cli_impact:impact",
    "law": "portal.cli_law:law",
    "list": "portal.cli_answers:list_command",
    "new": "portal.cli_author:new",
    "readability": "portal.cli_readability:readability",
    "rollback": "portal.cli_site:rollback",
    "schema": "portal.cli_schema:schema",
    "serve": "portal.cli_serve:serve",
    "stage": "portal.cli_stage:stage",
    "tree": "portal.cli_answers:tree",
}


@click.group(cls=LazyGroup, lazy=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(file_okay=False, exists=True, path_type=Path), default=".", help="项目文件夹")
@click.pass_context
def cli(context: click.Context, root: Path) -> None:
    """信访工作指引：检查内容、生成网站、计算期限。"""
    context.obj = root
    context.meta[TODAY_KEY] = date.today()


def main() -> None:
    """Entry point. A broken pipe (`portal list | head`) is no mistake."""
    try:
        cli(prog_name="portal")
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        click.echo(f"读写失败：{error.filename or ''} {error.strerror or error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
