"""Companies: what the words of a name say of who bears it, and how the text shortens it."""

from __future__ import annotations

from extractor.draft.rules.runs import without_legal_form
from extractor.draft.rules.vocabulary import Pattern, words
from extractor.places import known

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


def looks_like_company(name: str) -> bool:
    """Whether a name starts or ends as those of companies and offices do: "Huabao New Energy"."""
    tokens = name.split()
    first, endings = words("names.companies.beginnings"), words("names.companies.endings")
    ends = bool(tokens) and (tokens[-1] in endings or " ".join(tokens[-2:]) in endings)
    return len(tokens) > 1 and (ends or tokens[0] in first or " Bank of " in name)


def short_forms(full: str) -> list[str]:
    """How a text calls a company once it is introduced."""
    bare = without_legal_form(full)
    if " for " in bare:
        return [bare]  # no bank or agency for something is called by its first word, "European"
    tokens = bare.split()
    leading = [token for token in tokens if not known(token) or len(tokens) == 1]  # without its city
    forms = {bare, " ".join(leading), " ".join(tokens[:2]), " ".join(leading[:2]), " ".join(tokens[:3])}
    first = leading[0] if leading else ""
    if len(first) > 2 and first[0].isupper() and first not in words("names.companies.endings"):
        forms.add(first)
    return [form for form in forms if form and not known(form) and form not in words("names.not_names.words")]
