"""Bodies: what a company or an office does, by its name alone."""

from __future__ import annotations

from extractor.draft.rules.vocabulary import Pattern, words

_FINANCIER = Pattern(r"{names.companies.financiers}")
_AUTHORITY = Pattern(r"{names.companies.authorities}")


def is_observer(company: str) -> bool:
    """Whether a body reports and regulates rather than builds."""
    return any(word in company for word in words("names.companies.observers"))


def is_financier(company: str) -> bool:
    """Whether a company by its name lends or invests, and runs no plant."""
    return _FINANCIER.search(company) is not None


def gives_money(company: str) -> bool:
    """Whether a body by its name gives loans or grants: a financier or a public authority."""
    return is_financier(company) or _AUTHORITY.search(company) is not None
