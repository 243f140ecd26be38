"""Judging made short: every rule with ordinary parameters, checked for what all findings must be."""

from datetime import date
from typing import Any

from scoring import wording
from scoring.model import Finding, Outcome, UnitEvidence
from scoring.rules import RULES
from tests.index.make import AS_OF, edition

MET, PARTIAL, UNMET, UNSEEN, NONE = Outcome.MET, Outcome.PARTIAL, Outcome.UNMET, Outcome.NOT_OBSERVED, Outcome.NOT_APPLICABLE
FULL: dict[str, dict[str, Any]] = {
    "column_present": {"column": "guide"},
    "columns_present": {"columns": ["guide", "rules"]},
    "updated_within": {"column": "guide", "days": 30},
    "columns_fresh": {"columns": ["news", "notices"], "days": 30},
    "elements_present": {"column": "guide"},
    "report_on_time": {"column": "annual", "month": 3, "day": 31},
    "report_years": {"column": "annual", "years": 3},
    "document_of_year": {"column": "budget"},
    "item_each_quarter": {"column": "key_tasks"},
    "document_titled_by": {"column": "policy_documents", "words": ["政务公开", "实施方案"], "month": 6, "day": 24},
    "attachment_present": {"column": "application"},
    "identity_consistent": {"tags": ["SiteName", "SiteDomain", "SiteIDCode"]},
    "search_available": {},
    "site_reachable": {},
    "site_available": {},
    "request_answered_in_time": {},
    "imported_value": {},
    "home_updated_within": {"days": 14},
    "blank_columns_at_most": {"max": 0},
    "dead_links_at_most": {"share": 0.02},
    "report_sections_complete": {"column": "annual"},
    "report_equations_hold": {"column": "annual"},
    "report_carried_over": {"column": "annual"},
    "report_prose_consistent": {"column": "annual"},
    "reports_open": {"column": "annual"},
    "consultations_proper": {"column": "consultation", "days": 90},
    "consultations_answered": {"columns": ["consultation", "consultation_result"], "after": 30, "days": 365},
    "interpretations_in_time": {"column": "interpretation", "days": 90},
    "interpretations_linked": {"column": "interpretation", "days": 90},
    "interpretation_kinds": {"columns": ["interpretation", "press"], "days": 90, "least": 2, "share": 0.5},
    "items_within": {"columns": ["meetings"], "days": 365, "least": 2, "words": ["列席", "区长"]},
    "attachments_open": {},
    "search_finds_title": {},
    "tags_carried": {},
    "footer_marks": {},
    "columns_kept": {"columns": ["news", "notices"], "days": 30},
    "items_dated": {"columns": ["news", "notices"]},
    "columns_neglected": {"news_days": 14, "notices_days": 180, "neglected_max": 2, "blank_max": 2},
    "assisted_entry": {"entry": "accessibility"},
    "catalogue_fields": {"column": "grassroots"},
    "channel_usable": {"columns": ["mailbox", "consult_online"]},
    "dates_kept": {},
    "dead_links_of_kind": {"kind": "internal", "share": 0.02},
    "entry_opens": {"column": "open_data"},
    "external_links_kept": {},
    "fields_covered": {"column": "grassroots"},
    "form_opens": {"column": "application"},
    "guides_complete": {"column": "business"},
    "history_kept": {"column": "gazette", "years": 2},
    "https_valid": {"no_redirect": 0.5},
    "ipv6_supported": {},
    "issues_of_year": {"column": "gazette", "a_year": 4},
    "kinds_filled": {"columns": ["projects", "project_land", "project_build"], "words": {"project_land": ["用地", "征收"], "project_build": ["施工"]}},
    "kinds_listed": {"columns": ["budget", "debt"], "kinds": {"预算": ["预算"], "决算": ["决算"], "债务": ["债务"]}, "year": "true"},
    "no_personal_data": {"columns": ["relief", "agriculture"]},
    "notice_present": {"columns": ["notices"], "what": ["关停", "注销"], "of": ["网站", "公众号"]},
    "published_within": {"columns": ["double_publicity"], "days": 7, "working": "true"},
    "task_table": {"column": "policy_documents", "words": ["政务公开"], "table": ["任务分解", "分工"], "month": 6, "day": 24},
    "validity_labelled": {"column": "regulations"},
    "words_absent": {"words": ["工做", "政俯"]},
}
HOST = {
    "identity_consistent",
    "search_available",
    "site_reachable",
    "site_available",
    "home_updated_within",
    "dead_links_at_most",
    "search_finds_title",
    "tags_carried",
    "footer_marks",
}
HOST |= {"assisted_entry", "dead_links_of_kind", "external_links_kept", "https_valid", "ipv6_supported"}
ON_SITE = [rule for rule in FULL if RULES[rule].off_site is None]
BY_COLUMN = [rule for rule, given in FULL.items() if "column" in given]


def params(rule: str, **changes: Any) -> dict[str, Any]:
    """A rule's parameters as the loader gives them, the dictionary's facts included."""
    given = FULL[rule] | changes
    text = ", ".join(f"{key}: {value if not isinstance(value, list) else '[' + ', '.join(value) + ']'}" for key, value in given.items())
    one = edition(
        "edition: t\nformat: 1\ntitle: 测\nscale: points\ngrades: [{name: 甲, at_least: 0}]\n"
        f"index: [{{code: x, weight: 1, rule: {rule}, with: {{{text}}}, fix: 改}}]\n"
    )
    return dict(one.leaf("x").params)


def judge(rule: str, seen_by: UnitEvidence, as_of: date = AS_OF, **changes: Any) -> Finding:
    """The finding; its ratio agrees with its outcome and its sentence can be written."""
    found = RULES[rule].judge(seen_by, params(rule, **changes), as_of)
    ratios = {MET: found.ratio == 1, UNMET: found.ratio == 0, PARTIAL: found.ratio is not None and 0 < found.ratio < 1}
    assert ratios.get(found.outcome, found.ratio is None)
    assert wording.reason(found.reason_code, found.params).endswith("。")
    assert found.outcome in (UNSEEN, NONE) or found.evidence
    return found


def said(rule: str, seen_by: UnitEvidence, as_of: date = AS_OF, **changes: Any) -> tuple[Outcome, str]:
    """Outcome and reason code."""
    found = judge(rule, seen_by, as_of, **changes)
    return found.outcome, str(found.reason_code)


def column_of(rule: str) -> str:
    return str(FULL[rule]["column"])
