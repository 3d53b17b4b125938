"""What it is called where a value comes from (来源): ours is never shown as the plan's."""

from shouwang.policy.text import Text

PROVENANCES = {
    "plan": Text(zh="方案", ko="방안", en="plan"),
    "standard": Text(zh="标准或上位文件", ko="표준·상급문건", en="standard"),
    "local": Text(zh="本地决定", ko="당지 결정", en="local decision"),
    "default": Text(
        zh="本系统建议值（不是方案规定）",
        ko="체계 건의값(방안의 규정이 아님)",
        en="our default, not the plan",
    ),
    "unset": Text(zh="未填写", ko="미기입", en="unset"),
}
