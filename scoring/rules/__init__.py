"""The rules: each a pure function of what was observed. `RULES` is the explicit list; a rule that is not in it does not exist."""

from scoring.facts import Source
from scoring.rules import (
    attachment_present,
    blank_columns_at_most,
    column_present,
    columns_fresh,
    columns_neglected,
    columns_present,
    dead_links_at_most,
    document_of_year,
    document_titled_by,
    elements_present,
    home_updated_within,
    identity_consistent,
    item_each_quarter,
    report_on_time,
    report_years,
    search_available,
    site_available,
    site_reachable,
    updated_within,
)
from scoring.rules.spec import RuleSpec

__all__ = ["RULES", "RuleSpec"]

_ALL = (
    RuleSpec("column_present", 1, column_present.Params, column_present.rule),
    RuleSpec("columns_present", 1, columns_present.Params, columns_present.rule),
    RuleSpec("updated_within", 1, updated_within.Params, updated_within.rule),
    RuleSpec("columns_fresh", 1, columns_fresh.Params, columns_fresh.rule),
    RuleSpec("elements_present", 1, elements_present.Params, elements_present.rule),
    RuleSpec("report_on_time", 1, report_on_time.Params, report_on_time.rule, calendar=True),
    RuleSpec("report_years", 1, report_years.Params, report_years.rule, calendar=True),
    RuleSpec("document_of_year", 1, document_of_year.Params, document_of_year.rule, calendar=True),
    RuleSpec("item_each_quarter", 1, item_each_quarter.Params, item_each_quarter.rule, calendar=True),
    RuleSpec("document_titled_by", 1, document_titled_by.Params, document_titled_by.rule, calendar=True),
    RuleSpec("attachment_present", 1, attachment_present.Params, attachment_present.rule),
    RuleSpec("identity_consistent", 1, identity_consistent.Params, identity_consistent.rule, host_level=True),
    RuleSpec("search_available", 1, search_available.Params, search_available.rule, host_level=True),
    RuleSpec("site_reachable", 1, site_reachable.Params, site_reachable.rule, host_level=True),
    RuleSpec("site_available", 1, site_available.Params, site_available.rule, host_level=True, off_site=Source.PROBES),
    RuleSpec("home_updated_within", 2, home_updated_within.Params, home_updated_within.rule, host_level=True),
    RuleSpec("blank_columns_at_most", 1, blank_columns_at_most.Params, blank_columns_at_most.rule),
    RuleSpec("dead_links_at_most", 1, dead_links_at_most.Params, dead_links_at_most.rule, host_level=True),
    RuleSpec("columns_neglected", 1, columns_neglected.Params, columns_neglected.rule),
)
RULES: dict[str, RuleSpec] = {spec.id: spec for spec in _ALL}
