"""What is found, where, and how it is put right: short, as a grid member types it with cold fingers."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One hazard as it could be reported; `answer` is what the repair says, `site` a kind of place."""

    kind: str
    site: str
    place: str
    note: str
    answer: str


def _of(kind: str, site: str, *rows: tuple[str, str, str]) -> tuple[Finding, ...]:
    return tuple(
        Finding(kind=kind, site=site, place=place, note=note, answer=answer) for place, note, answer in rows
    )


TOWN = (
    *_of(
        "exit_blocked", "old_compound",
        ("2号楼1单元", "楼道口堆着旧家具，只剩半边能走", "住户已把旧家具搬走，通道畅通"),
        ("5号楼3单元", "一楼安全出口被酸菜缸挡住", "缸已挪到自家菜窖，出口让开"),
        ("幸福家园8号楼", "消防通道停了两辆车", "车主已挪车，地面重新划线"),
    ),
    *_of(
        "ebike_charging", "old_compound",
        ("3号楼2单元", "从三楼窗户拉线下来给电动车充电", "拆了飞线，告知到东门充电棚充电"),
        ("7号楼车棚", "充电插座外壳破损，下雨进水", "物业换了防水插座，加了漏电保护"),
        ("1号楼门厅", "电动车推进楼道过夜充电", "车已推出，门口贴了提示"),
    ),
    *_of(
        "wiring", "shop",
        ("早市南侧砂锅店", "后厨电线裸露，挨着煤气罐", "电工重新穿管，煤气罐移到室外"),
        ("沿街烤肉店", "一个插排带四台冰柜", "分两路接线，换了空开"),
        ("理发店", "灯箱线从门缝拉出，线皮磨破", "换线并固定"),
    ),
    *_of(
        "detector_faulty", "elderly_home",
        ("福寿养老院二层走廊", "两个烟感不亮灯", "换了两个烟感，现场试响正常"),
        ("夕阳红老年公寓", "烟感被塑料袋套住", "已摘掉，向护工讲明"),
    ),
    *_of(
        "combustibles", "old_compound",
        ("4号楼地下室", "堆满纸箱和旧沙发", "废品站拉走两车，地下室清空"),
        ("6号楼楼顶平台", "堆着木板和泡沫板", "已清运"),
    ),
    *_of(
        "exit_locked", "training_centre",
        ("三楼舞蹈培训班", "后门安全出口上锁，钥匙不在人手里", "锁已拆，换成推杆门"),
        ("二楼托管班", "安全出口用铁链拴着", "铁链已取下，负责人写了保证"),
    ),
    *_of(
        "lane_occupied", "public_road",
        ("光明街路口", "摊位占了消防车道", "城管配合清走，画黄线"),
        ("小区东门", "石墩子堵着消防车道", "换成可拆卸的隔离桩"),
    ),
)  # fmt: skip

VILLAGE = (
    *_of(
        "combustibles", "rural_home",
        ("三组老崔家", "柴火垛紧挨灶房墙", "柴火垛挪到下风头，离房八米"),
        ("二组苞米仓旁", "苞米秆堆在电线下面", "苞米秆拉到地头"),
        ("一组路边", "稻草垛离电线杆不到两米", "稻草垛搬开"),
    ),
    *_of(
        "wiring", "rural_home",
        ("五组金大娘家", "炕头插排老化，电褥子整天不拔", "换了插排，教大娘睡前拔插头"),
        ("村东头泵房", "电线接头用胶布缠着", "重新接线，装了接线盒"),
        ("四组空房", "进户线耷拉到屋檐", "供电所来人收紧固定"),
    ),
    *_of(
        "detector_faulty", "rural_home",
        ("独居老人朴奶奶家", "烟感没电了", "换了电池，试响正常"),
        ("五保户老于家", "烟感掉下来没装回去", "重新装牢，试响正常"),
    ),
    *_of(
        "exit_blocked", "homestay",
        ("村口农家乐", "后门堆着啤酒箱，打不开", "酒箱搬到库房，后门畅通"),
        ("民俗村民宿二楼", "楼梯口放着洗衣机", "洗衣机挪走"),
    ),
    *_of(
        "other", "rural_home",
        ("二组李家", "烟囱裂缝，火星能窜出来", "砌砖抹泥补好"),
        ("养牛户院里", "灶坑口没有挡板，旁边就是草", "加了铁皮挡板，清走草料"),
        ("木耳大棚", "炉筒子穿过塑料布，没有隔热", "加了铁皮套管"),
    ),
)  # fmt: skip

REFUSALS = ("照片看不清，请补拍", "还有一半没清走", "线没有穿管，请返工")


def finding(dice: Random, *, town: bool) -> Finding:
    return dice.choice(TOWN if town else VILLAGE)
