"""The codes of the reading room: what a file must be before the rules can look at it. One sentence each."""

from __future__ import annotations

CODES: dict[str, str] = {
    "citation-unclear": "正文里写的条文号，看得出是哪部法规的哪一条。",
    "file-empty": "文件里要有内容。",
    "file-encoding": "文件存成 UTF-8 编码（带不带 BOM 都可以）。",
    "file-conflict": "文件里没有合并冲突的记号。",
    "file-missing": "profile.yml 和 docs/index.md 不能缺。",
    "file-symlink": "文件和文件夹要放在项目里面，不用链接。",
    "file-too-big": "内容文件不超过 1000 KB。",
    "file-unknown": "文件放在规定的地方，用规定的名字。",
    "file-unreadable": "文件要能打开。",
    "id-duplicate": "同类内容的编号不能重复。",
    "id-mismatch": "id 等于文件名，index.md 等于文件夹名。",
    "markdown-block": "围栏块的名称是可以放置的种类。",
    "markdown-reference": "正文里的引用和链接写对：认识的种类、半角括号和冒号、https 网址。",
    "markdown-front-matter": "页面开头有一块 --- 说明。",
    "regulation-heading": "法规页面里，章用二级标题，条用“### 第几条 小标题”，不重复。",
    "schema-missing": "必填的键要写。",
    "schema-type": "文字、整数、列表、键值各归各位。",
    "schema-unknown-key": "只用认识的键。",
    "schema-value": "值要合乎格式：日期、长度、编号、引用、可选值。",
    "yaml-alias": "不用别名和合并键。",
    "yaml-duplicate-key": "同一层的键只写一次。",
    "yaml-fullwidth-colon": "键后面用半角冒号加空格。",
    "yaml-key": "键是一个词。",
    "yaml-syntax": "YAML 要写对：缩进、引号、括号、冒号。",
    "yaml-tab": "用空格，不用 Tab。",
    "yaml-tag": "不用感叹号开头的标签。",
    "yaml-too-deep": "不嵌套太深。",
}
