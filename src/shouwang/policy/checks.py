"""What is wrong with a pack as a whole: doubtful sources, unknown names, demands without a reason (检查)."""

from shouwang.policy.channel_checks import check_channels
from shouwang.policy.checklist_checks import check_checklists
from shouwang.policy.duty_checks import check_duties
from shouwang.policy.festivals import check_festivals
from shouwang.policy.findings import Finding, Findings
from shouwang.policy.household_checks import check_households
from shouwang.policy.indicator_checks import check_indicators
from shouwang.policy.lesson_checks import check_lessons
from shouwang.policy.letter_checks import check_letters
from shouwang.policy.loop_checks import check_loops
from shouwang.policy.manual_checks import check_manuals
from shouwang.policy.name_checks import check_names
from shouwang.policy.need_checks import check_needs
from shouwang.policy.pack import Pack
from shouwang.policy.product_shapes import check_products
from shouwang.policy.record_checks import check_records
from shouwang.policy.source_checks import check_sources
from shouwang.policy.table_checks import check_table
from shouwang.policy.tiles import check_tiles
from shouwang.policy.value_checks import check_values
from shouwang.policy.wiring_checks import check_wiring
from shouwang.policy.word_checks import check_words


def check(pack: Pack) -> tuple[Finding, ...]:
    findings = Findings()
    check_words(pack, findings)
    check_names(pack, findings)
    check_wiring(pack, findings)
    check_sources(pack, findings)
    check_values(pack, findings)
    check_festivals(pack.festivals, findings)
    check_tiles(pack.tiles, findings)
    check_products(pack.products, findings)
    check_needs(pack, findings)
    check_loops(pack, findings)
    check_duties(pack, findings)
    check_records(pack, findings)
    check_channels(pack, findings)
    check_indicators(pack, findings)
    check_manuals(pack, findings)
    check_lessons(pack, findings)
    check_households(pack, findings)
    check_checklists(pack, findings)
    check_letters(pack, findings)
    for table in pack.tables.values():
        check_table(table, findings)
    return tuple(findings.kept)
