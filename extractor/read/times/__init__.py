"""Times: days, months, quarters, halves, years and ranges of them, resolved against the publication date.

time   := range | moment | span
range  := ("from" | "between")? moment ("to" | "and" | "–") moment
moment := day | month | quarter | half | part of a year | season | year | decade | fiscal year | relative
span   := "within" duration | "next" duration | duration "later" | "first" duration "of" moment

words            the words and forms of times.toml
dates, pieces    what a form resolves to: days and months, and the pieces of a year
relative, tense  what it resolves to against the publication date
moments          the forms at one place
ranges, spans    two moments, and durations that are times
"""
