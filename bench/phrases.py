"""Plain sentences put together by chance: varied enough that search and line breaking meet real work.

They say nothing about law; citations, limits and roles are added by the generator from the real library.
"""

from __future__ import annotations

import random

PLACES = (
    "老旧小区", "河边菜市场", "乡镇卫生院", "镇中心小学", "客运站", "水库下游", "开发区工地", "山脚村组", "沿街商铺",
    "公租房片区", "集体林场", "废旧厂区", "垃圾转运站", "社区养老院", "公交首末站", "农贸冷库", "安置楼", "灌溉渠口",
)  # fmt: skip
MATTERS = (
    "电梯停用", "夜间噪声", "污水外溢", "停水停气", "补贴漏登", "工钱拖欠", "道路塌陷", "校车绕行", "房产证迟办",
    "采光受挡", "物业交接", "占道堆放", "油烟扰民", "水费计错", "宅基地界线", "养老认证", "路灯不亮", "土地流转金",
    "医药费报销", "老年食堂停办", "充电桩失火隐患", "公墓收费", "学区调整", "公厕关闭",
)  # fmt: skip
ACTS = (
    "先看一眼现场，再坐下来听", "照原话记下请求、事实和理由", "查系统里有没有同一件事", "打电话向责任单位问清经过",
    "约好下次回话的日子", "把材料列成清单，双方各留一份", "请懂方言的同事一起听", "把不归本单位的部分单列出来",
    "当天录入系统并写明经手人", "把需要别家配合的事写成一张函", "请法制审核员看一遍依据", "到门口送一送，说清怎么查进度",
    "核对姓名、住址和联系方式", "把答应过的事逐条念给对方听", "对照职责清单判断归谁", "邀请社区网格员一起上门",
    "把现场照片按时间排好", "分清哪些能办、哪些不能办", "找出上次的答复，比一比有没有新情况", "安排轮椅和饮水",
)  # fmt: skip
REASONS = (
    "说清楚了，他就不用再跑一趟", "记录在，后面的人才接得上", "早一天知道，早一天到场", "口头答应的话最容易落空",
    "原件丢了，别处也办不成", "人坐下了，话才说得清", "分开登记，哪一件都不会漏", "让他看得见事情走到哪一步",
    "几家都不说话，最后受累的是来访人", "写下理由，复查的人看得懂", "同一句话讲两遍，情绪就上来了",
)  # fmt: skip
WORDS = (
    "您慢慢说，我边听边记", "这件事由我接，转给谁我都告诉您", "哪里记错了，您随时打断我", "我定不了的，写清楚由谁定",
    "您手里的答复，让我看看日期", "材料我只收复印件，原件您带回", "别着急，先喝口水", "结果出来，我第一时间打给您",
)  # fmt: skip
PAPERS = (
    "身份证明复印件",
    "收到过的书面答复",
    "现场照片",
    "缴费凭据",
    "合同复印件",
    "来访登记表",
    "代理手续",
    "病历复印件",
)
PEOPLE = (
    "一位退休教师",
    "两位租户",
    "一家餐馆的店主",
    "几位业主",
    "一位外地务工人员",
    "一位独居老人",
    "一对年轻夫妻",
    "一位出租车司机",
)


def sentence(chance: random.Random) -> str:
    """One sentence of ordinary office prose."""
    act, reason, matter, place = (chance.choice(bank) for bank in (ACTS, REASONS, MATTERS, PLACES))
    return chance.choice(
        (
            f"遇到{place}的{matter}，{act}，{reason}。",
            f"{act}；{chance.choice(ACTS)}。{reason}。",
            f"{chance.choice(PEOPLE)}来说{place}{matter}的事，我们{act}。",
            f"{reason}，所以{act}，{matter}也不例外。",
        )
    )


def paragraph(chance: random.Random, sentences: int) -> str:
    """Several sentences in a row."""
    return "".join(sentence(chance) for _ in range(sentences))
