"""Every code that `portal check` may print: what it wants, its family, its severity, and whether it has exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.checks.exemption import NEVER
from portal.checks.table import RULES, sentences
from portal.model.problem import Severity
from portal.reading.codes import CODES

FAMILIES = {
    "checklist": "清单",
    "citation": "正文里写的引用",
    "coverage": "该做的都有步骤",
    "drill": "演练",
    "edition": "内部版和公开版",
    "evidence": "与官方文本相符",
    "exception": "例外",
    "file": "文件",
    "form": "表单",
    "freshness": "按时核对",
    "id": "编号",
    "markdown": "页面",
    "quiz": "小测",
    "reference": "引用",
    "regulation": "法规",
    "rights": "权利和红线",
    "schema": "格式",
    "tree": "问路树",
    "yaml": "YAML",
}
_FORMATS = ("checklist", "drill", "file", "form", "markdown", "quiz", "schema", "tree", "yaml")
"""Families whose rules are told at length in the handbook's page on formats."""
_COMPARED = {"evidence-contradicted": "写下的日期、条数、条文和期限，要和官方文本一致（用 --laws 对照时）。"}
"""What `portal check --laws` finds beside the rules: it needs the official texts at hand."""
HANDBOOK = {"checks": "docs/authors/checks.md", "formats": "docs/authors/formats.md"}


@dataclass(frozen=True, slots=True)
class Code:
    """`sentence` is the handbook's; `exempt`: may `exceptions.yml` let a finding stand?"""

    code: str
    sentence: str
    severity: Severity
    exempt: bool

    @property
    def family(self) -> str:
        """The first word of the code: `tree` for `tree-loop`."""
        return self.code.partition("-")[0]

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages of the handbook that tell more."""
        return (HANDBOOK["checks"], HANDBOOK["formats"]) if self.family in _FORMATS else (HANDBOOK["checks"],)


def known_codes() -> Mapping[str, Code]:
    """Every code by its name, sorted: those of the rules, of the exceptions, and of the reader."""
    severities: dict[str, Severity] = {rule.code: rule.severity for rule in RULES} | {"exception-unused": "warning"}
    exempt = severities.keys() - {"exception-unused"} - set(NEVER)
    return {
        code: Code(code, sentence, severities.get(code, "error"), code in exempt)
        for code, sentence in sorted({**_COMPARED, **CODES, **sentences()}.items())
    }


def explain(code: Code) -> str:
    """What an author wants to know of a code, a line each."""
    family = FAMILIES.get(code.family, code.family)
    level = "错误，改好才能发布" if code.severity == "error" else "提醒，也请改好"
    rows = [f"{code.code}（{family}；{level}）", f"要求：{code.sentence}", f"例外：{_exception(code)}"]
    return "\n".join([*rows, f"手册：{'、'.join(code.pages)}"])


def _exception(code: Code) -> str:
    if code.exempt:
        return (
            "可以有。在 exceptions.yml 里写明理由、负责人和到期日：portal new exception "
            + f"{code.code} --file 文件 --reason 理由"
        )
    if code.code in NEVER:
        return "不能有：这类内容出了门就收不回来，只能改好"
    if code.code in _COMPARED:
        return "不能有：照官方文本改好"
    return "不能有：读不懂的内容没法放过，只能改好" if code.code in CODES else "不能有：把例外本身改好"
