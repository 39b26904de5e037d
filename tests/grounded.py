"""Grounded: what holds for every result, whatever a model has answered."""


def ungrounded(result):
    """Figures and times in the records that are no slice of the document, or not in its ledger."""
    told = result.model_dump()
    figures = {each["figure"]: each for each in told["figures"]}
    times = {each["time"] for each in told["times"]}

    def is_grounded(each):
        start, end = each["start"], each["end"]
        is_known = figures.get(each["figure"]) == each if "figure" in each else each["time"] in times
        return is_known and 0 <= start < end and result.text[start:end] == each["text"]

    records = [told[kind] for kind in ("facilities", "deals", "forecasts")]
    return [each for each in _places(records) if not is_grounded(each)]


def _places(told):
    """Every figure and time in a nested value."""
    if isinstance(told, list):
        for each in told:
            yield from _places(each)
    elif isinstance(told, dict):
        if "text" in told:
            yield told
        for each in told.values():
            yield from _places(each)
