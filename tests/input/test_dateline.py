"""The publication date that a text states about itself."""

from datetime import date

import pytest

from extractor.input import publication_date

STATED = {
    "a bulleted line": ("Plants on schedule\n\n  • 2022-11-23\n\nThis year ...", "2022-11-23"),
    "a label with a colon": ("Home > Parks\n\nUpdated: 2023-06-20\n", "2023-06-20"),
    "a label of two words": ("Cell plant planned\n\nPublished date: 05 June 2023\n", "2023-06-05"),
    "glued to an icon's name": ("Weekly Hot\n\niconNov 20, 2025 16:13\nSource:SMM", "2025-11-20"),
    "a dateline with a dash": ("SEOUL, March 4, 2025 — Daehan said", "2025-03-04"),
    "after the agency": ("BEIJING (Xinhua) -- 2023-05-06", "2023-05-06"),
    "right behind the agency": ("Shares soar\n(Newswire) Jan. 10, 2025 -- The maker of", "2025-01-10"),
    "behind place and agency": ("SEOUL (Newswire) 10 January 2025 - The maker of", "2025-01-10"),
    "behind the ticker": ("Ferrolith Corp. (XASE: FLT) March 3, 2025: the maker of", "2025-03-03"),
    "between two dashes": ("BERLIN – 12 March 2024 – Volterra Cells opens", "2024-03-12"),
    "published on": ("Published on 3 Jan 2025", "2025-01-03"),
    "posted by somebody on": ("Posted by Jane Doe on March 4, 2025", "2025-03-04"),
    "a row of fields": ("    Release time: 2024-03-08      Views: 1,286", "2024-03-08"),
    "the last field of a row": ("Share: WeChat | Print        Updated: May 14, 2024", "2024-05-14"),
    "a byline": ("By Our Bureau, Chennai | Updated - November 19, 2024 at 10:42 IST", "2024-11-19"),
    "between bullets": ("by Salma  •  6 November 2024  •  3 min read", "2024-11-06"),
    "with place and time": ("Gothenburg, December 3, 2025, 07:30 CET", "2025-12-03"),
    "the time before the date": ("All News    16:10 April 24, 2025", "2025-04-24"),
    "a weekday before the date": ("Berlin, Tuesday, 12 March 2024", "2024-03-12"),
    "a newswire's slashes": ("RALEIGH, NC / NEWSWIRE / December 5, 2023 / Lumora said", "2023-12-05"),
    "a newswire's dashes": ("STOCKHOLM--(NEWSWIRE)--March 4, 2025--Voltic said", "2025-03-04"),
    "a bracketed newswire": ("BEIJING, Feb. 17, 2025 (NEWSWIRE) -- Lumora said", "2025-02-17"),
    "a bracketed date": ("LOS ANGELES (March 1, 2024) – The company", "2024-03-01"),
    "a colon after the date": ("MUMBAI, 4 March 2025: Surya Cells said", "2025-03-04"),
    "the date before a long sentence": (
        f"RENO, Nev., Oct. 3, 2025 -- {'Silverline has built. ' * 20}",
        "2025-10-03",
    ),
    "a flattened page": (f"Home > News Updated: 2023-06-20 {'A town is being built. ' * 20}", "2023-06-20"),
    "Chinese year, month and day": ("2022年11月23日 10:20", "2022-11-23"),
    "an ISO time": ("2024-03-13T10:00:00Z", "2024-03-13"),
    "day first with points": ("12.03.2024 | Munich", "2024-03-12"),
    "slashes with one reading": ("13/03/2024", "2024-03-13"),
    "a space before the comma": ("Tuesday From Gasgoo| September 03 , 2019 16:42 BJT", "2019-09-03"),
    "an ordinal day": ("VARBERG, Sweden, 3rd March 2025 - Nordpack", "2025-03-03"),
}

NOT_STATED = {
    "a sentence that opens with the day": "On March 4, 2025, the company said.",
    "a sentence without a preposition": "March 4, 2025, the company announced.",
    "a dash within a sentence": "The plant opened on March 4, 2025 – a year late.",
    "an item of a weekly": "[Storage: Final Stage] On November 14, 2025, the project entered the stage.",
    "brackets within a sentence": "Guo said (May 5, 2024) that it was done.",
    "the label within a sentence": "The report, published on 3 Jan 2025, says so.",
    "a sentence that opens with the label": "Published on 3 Jan 2025, the report says so.",
    "a deadline": "Closing date: 3 Jan 2025",
    "a founding day": "Founded: 12 March 2024",
    "a date in effect": "Effective March 4, 2025",
    "the end of a period": "until March 4, 2025",
    "two readings": "03/04/2025",
    "no such day": "2023-02-30",
    "no year": "SEOUL, April 24 (KBN) -- Daehan said",
    "a date far down": "Nothing here.\n" * 200 + "2024-05-05\n",
    "an empty text": "",
}


@pytest.mark.parametrize(("text", "day"), STATED.values(), ids=STATED.keys())
def test_a_date_that_is_set_off_from_the_sentences_is_the_publication_date(text, day):
    assert publication_date(text) == date.fromisoformat(day)


@pytest.mark.parametrize("text", NOT_STATED.values(), ids=NOT_STATED.keys())
def test_other_dates_are_not(text):
    assert publication_date(text) is None


def test_the_first_of_two_counts():
    assert publication_date("3 January 2025\n\nRelated: 5 May 2023") == date(2025, 1, 3)


def test_a_change_counts_only_where_nothing_else_is_stated():
    assert publication_date("Updated: 5 Jan 2025\nPublished: 3 Jan 2025") == date(2025, 1, 3)
