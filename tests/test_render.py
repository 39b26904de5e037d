"""What a person reads in a terminal of 80 columns or a pipe."""

import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console

from extractor import render
from extractor.batch import Failure, Tally
from extractor.document import Document
from extractor.evaluate import Count, Scores
from extractor.input import Position
from extractor.read import read
from extractor.render.words import derived_words
from schemas import (
    Capacity,
    Coverage,
    Deal,
    Dismissed,
    Facility,
    Forecast,
    Lines,
    Metric,
    Milestone,
    Party,
    Problem,
    Quantity,
    Result,
    Volume,
    When,
)

TEXT = "Lumora invests 420 million euros in Szeged. Yield rose by over 12 percent on 353 mu."


@pytest.fixture
def printed():
    """What a call prints, as lines without the spaces at their ends."""

    def lines(call, *arguments, width=80, **settings):
        console = Console(
            file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False, **settings
        )
        call(console, *arguments)
        return [line.rstrip() for line in console.file.getvalue().splitlines()]

    return lines


def figure(text, unit, value, kind="other", **more):
    base = {"base_value": Decimal(value), "base_unit": unit, **more}
    return Quantity(
        figure="f1", text=text, start=0, end=len(text), kind=kind, value=Decimal(value), unit=unit, **base
    )


def when(text, first, last, precision):
    days = {"start_date": date.fromisoformat(first), "end_date": date.fromisoformat(last)} if first else {}
    return When(time="t1", text=text, start=0, end=len(text), precision=precision, **days)


def result(**parts):
    return Result(**{"doc_id": "a.txt", "drafter": "rules", "text": TEXT, **parts})


def facility(**slots):
    return result(facilities=[Facility(id="facility-1", **slots)])


AMOUNTS = {
    "scale words": (figure("5.2 billion yuan", "CNY", "5200000000"), "5.2 billion CNY"),
    "separators": (figure("12,000 tons", "t", "12000", per="year"), "12,000 t per year"),
    "small numbers": (figure("0.55 yuan/Wh", "CNY/Wh", "0.55"), "0.55 CNY/Wh"),
    "a lower bound": (figure("over 1 billion m2", "m2", "1000000000", bound="at_least"), "over 1 billion m2"),
    "an upper bound": (figure("nearly 700 t", "t", "700", bound="at_most"), "up to 700 t"),
    "vagueness": (figure("about 10 kt", "kt", "10", bound="about"), "about 10 kt"),
    "a range": (
        figure("180-220 g/m2", "g/m2", "200", bound="range", low=Decimal(180), high=Decimal(220)),
        "180–220 g/m2",
    ),
    "a count": (figure("16 lines", "count", "16", of="assembly lines"), "16 assembly lines"),
    "a substance": (figure("500 t LCE", "t", "500", of="LCE"), "500 t LCE"),
    "a direction": (figure("dropped 6 percent", "%", "6", change="down"), "down 6%"),
    "an assumption": (figure("$5", "USD", "5", assumed=["currency"]), "5 USD (currency assumed)"),
    "a converted area": (
        figure("353mu", "mu", "353", kind="area", base_value=Decimal("235333.3333"), base_unit="m2"),
        "353 mu ≈ 235,300 m2",
    ),
}


@pytest.mark.parametrize(("quantity", "words"), AMOUNTS.values(), ids=AMOUNTS.keys())
def test_a_slot_shows_the_amount_and_the_words_of_the_text(printed, quantity, words):
    lines = printed(render.show_result, facility(land_area=quantity))

    assert f"  land area           {words}  [f1: {quantity.text}]" in lines


TIMES = {
    "day": (when("14 May 2024", "2024-05-14", "2024-05-14", "day"), "2024-05-14"),
    "month": (when("May 2024", "2024-05-01", "2024-05-31", "month"), "2024-05"),
    "quarter": (when("Q3", "2024-07-01", "2024-09-30", "quarter"), "Q3 2024"),
    "half": (when("H2", "2024-07-01", "2024-12-31", "half"), "H2 2024"),
    "year": (when("2024", "2024-01-01", "2024-12-31", "year"), "2024"),
    "decade": (when("the 2030s", "2030-01-01", "2039-12-31", "decade"), "2030s"),
    "range": (when("early 2024", "2024-01-01", "2024-04-30", "range"), "2024-01-01 to 2024-04-30"),
    "unresolved": (when("next year", None, None, "year"), "not resolved: no publication date"),
}


@pytest.mark.parametrize(("time", "words"), TIMES.values(), ids=TIMES.keys())
def test_a_time_is_shown_as_coarsely_as_it_is_stated(printed, time, words):
    lines = printed(render.show_result, facility(milestones=[Milestone(event="production_start", when=time)]))

    assert f"  production start    {words}  [t1: {time.text}]" in lines


def test_the_slots_of_a_facility_stand_under_its_name(printed):
    capacity = Capacity(quantity=figure("10 GWh", "GWh", "10"), product="cells", stage="planned")
    slots = {"operator": "Lumora", "place": "Szeged", "country": "HU", "status": "under_construction"}

    lines = printed(render.show_result, facility(name="Szeged plant", capacities=[capacity], **slots))

    start = lines.index("Facility: Szeged plant" + " " * 48 + "facility-1")
    assert lines[start + 1 : start + 5] == [
        "  operator            Lumora",
        "  place               Szeged, HU",
        "  status              under construction",
        "  capacity            10 GWh, cells, planned  [f1: 10 GWh]",
    ]


def test_the_slots_of_a_deal_stand_under_its_kind(printed):
    deal = Deal(
        id="deal-1",
        kind="joint_venture",
        parties=[Party(name="Lumora", role="buyer"), Party(name="Voltic")],
        volumes=[Volume(quantity=figure("5 GWh", "GWh", "5"), when=TIMES["year"][0])],
    )

    lines = printed(render.show_result, result(deals=[deal]))

    start = lines.index("Deal: joint venture" + " " * 55 + "deal-1")
    assert lines[start + 1 : start + 4] == [
        "  buyer               Lumora",
        "  party               Voltic",
        "  volume              5 GWh, 2024  [f1: 5 GWh]",
    ]


def test_a_forecast_is_headed_by_what_it_is_of(printed):
    forecast = Forecast(
        id="forecast-1", metric="output_value", subject="cells", quantity=figure("5 t", "t", "5")
    )

    assert printed(render.show_result, result(forecasts=[forecast]))[3].startswith(
        "Forecast: output value of cells"
    )


WORDS = {
    name: f"{name}-words" for name in ("name", "operator", "place", "product", "subject", "party", "region")
}
AMOUNT, TIME = figure("7 GWh", "GWh", "7"), when("14 May 2024", "2024-05-14", "2024-05-14", "day")
FULL = {
    "facility": Facility(
        id="x-1",
        **{name: WORDS[name] for name in ("name", "operator", "place")},
        country="HU",
        segment="current_collector",
        products=[WORDS["product"]],
        status="suspended",
        capacities=[Capacity(quantity=AMOUNT)],
        investment=AMOUNT,
        land_area=AMOUNT,
        lines=[Lines(quantity=AMOUNT)],
        milestones=[Milestone(event="approved", when=TIME)],
        metrics=[Metric(name="jobs", quantity=AMOUNT)],
    ),
    "deal": Deal(
        id="x-1",
        kind="licence",
        subject=WORDS["subject"],
        parties=[Party(name=WORDS["party"], role="investor")],
        value=AMOUNT,
        unit_price=AMOUNT,
        volumes=[Volume(quantity=AMOUNT)],
        signed=TIME,
        term=TIME,
        facility=WORDS["name"],
        metrics=[Metric(name="stake", quantity=AMOUNT)],
    ),
    "forecast": Forecast(
        id="x-1",
        metric="market_share",
        subject=WORDS["subject"],
        region=WORDS["region"],
        quantity=AMOUNT,
        when=TIME,
        since=TIME,
        forecaster=WORDS["party"],
        basis="target",
    ),
}
SHOWN = {
    "facility": "name-words operator-words place-words HU current_collector product-words suspended capacity "
    "investment land_area lines approved jobs",
    "deal": "licence subject-words investor party-words value unit_price volume signed term name-words stake",
    "forecast": "market_share subject-words region-words amount when since party-words target",
}


@pytest.mark.parametrize("kind", FULL)
def test_every_filled_slot_is_shown(printed, kind):
    slots = {"facility": "facilities", "deal": "deals", "forecast": "forecasts"}
    filled = FULL[kind].model_fields_set

    text = " ".join(printed(render.show_result, result(**{slots[kind]: [FULL[kind]]})))

    assert filled >= set(type(FULL[kind]).model_fields) - {"evidence"}
    assert [word for word in SHOWN[kind].split() if word.replace("_", " ") not in text] == []


def test_a_document_without_records_says_so(printed):
    assert "No records." in printed(render.show_result, result())


def test_problems_stand_under_their_verdict_with_conflicts_first(printed):
    problems = [
        Problem(rule="timeline", verdict="consistent", message="in order"),
        Problem(rule="timeline", verdict="underdetermined", message="no date"),
        Problem(
            rule="scale_slip",
            verdict="conflict",
            severity="error",
            message="5 ≠ 6",
            figures=["f1", "f2"],
            records=["deal-1"],
        ),
    ]

    lines = printed(render.show_result, result(problems=problems))

    start = lines.index("Conflicts (1)")
    assert [line for line in lines[start:] if line][:9] == [
        "Conflicts (1)",
        "  error: 5 ≠ 6",
        "    scale_slip [f1, f2, deal-1]",
        "Underdetermined (1)",
        "  info: no date",
        "    timeline",
        "Consistent (1)",
        "  info: in order",
        "    timeline",
    ]


def unexplained(**parts):
    [money, share, area] = read(Document(TEXT, "a.txt")).ledger.figures
    coverage = Coverage(
        figures_read=5,
        figures_used=1,
        figures_dismissed=[Dismissed(text="1", start=0, end=1, reason="date")] * 2,
        figures_unexplained=[share.figure, area.figure],
    )
    return result(figures=[money, share, area], coverage=coverage, **parts)


def test_unexplained_figures_are_marked_in_their_sentence(printed):
    lines = printed(render.show_result, unexplained())

    assert lines[lines.index("Coverage") + 1 :][:4] == [
        "  5 numerals: 1 used, 2 dismissed, 2 unexplained",
        "  dismissed: 2 × date",
        "  unexplained: Yield rose by [f2: over 12 percent] on [f3: 353 mu].",
        "",
    ]


def test_without_the_text_they_are_listed(printed):
    lines = printed(render.show_result, unexplained(text=None))

    assert "  unexplained: [f2: over 12 percent]" in lines


def test_a_long_sentence_is_shortened_around_them(printed):
    long = "word " * 200
    text = f"{long}353 mu {long}."
    [area] = read(Document(text, "a.txt")).ledger.figures
    shown = result(text=text, figures=[area], coverage=Coverage(figures_read=1, figures_unexplained=["f1"]))

    passage = " ".join(printed(render.show_result, shown)).partition("unexplained: ")[2]

    assert "[f1: 353 mu]" in passage
    assert len(passage.split()) < 100


def test_a_ledger_shows_the_marked_text_and_its_tables(printed):
    text = "Updated: 2023-06-20\n\n\n\nLumora (688559.SH) invests about 5.2 billion yuan by the end of 2025."

    lines = printed(render.show_ledger, read(Document(text, "a.txt", date(2023, 6, 20))))

    assert lines[0] == "a.txt, published 2023-06-20"
    assert "[f1: about 5.2 billion yuan]" in " ".join(lines)
    cells = [line.split() for line in lines]
    assert ["f1", "about", "5.2", "billion", "5.2", "billion", "CNY", "money", "about"] in cells
    assert ["688559.SH", "stock", "code"] in [[cell.strip("()") for cell in line] for line in cells]


def test_a_text_without_figures_says_so(printed):
    assert "No figures." in printed(render.show_ledger, read(Document("Lumora opens.", "a.txt")))


def test_a_ledger_as_json_has_the_fields_of_the_contract():
    told = json.loads(render.ledger_json(read(Document("Lumora invests 5.2 billion yuan in 2023.", "a.txt"))))

    assert (told["doc_id"], told["published"]) == ("a.txt", None)
    assert (told["figures"][0]["value"], told["times"][0]["precision"]) == (5200000000, "year")
    assert told["dismissed"][0]["reason"] == "date"


def test_a_summary_counts_everything_and_names_the_files(printed):
    tally = Tally(documents=1200, failures=1)
    tally.records.update(facilities=5, deals=2)
    tally.problems.update(conflict=3)
    tally.figures.update(read=1000, used=800, dismissed=199, unexplained=1)

    lines = printed(
        render.show_tally, tally, {"results": Path("out.jsonl"), "failures": Path("out.failures.jsonl")}
    )

    assert lines == [
        "documents  1,200 done, 1 failed",
        "records    5 facilities, 2 deals, 0 forecasts",
        "problems   3 conflicts, 0 underdetermined, 0 consistent",
        "coverage   99.9% of 1,000 numerals: 800 used, 199 dismissed, 1 unexplained",
        "results    out.jsonl",
        "failures   out.failures.jsonl",
    ]


def test_a_summary_of_nothing_is_short(printed):
    assert printed(render.show_tally, Tally(failures=2), {}) == ["documents  0 done, 2 failed"]


def test_a_share_that_is_not_all_is_never_100_percent(printed):
    tally = Tally(documents=1)
    tally.figures.update(read=100_000, unexplained=1)

    assert "99.9% of 100,000" in printed(render.show_tally, tally, {})[3]


def test_a_failure_stays_on_one_line(printed):
    failure = Failure("a.jsonl:2", "is not JSON: " + "x" * 100)

    assert len(printed(render.show_failure, failure)) == 1


@pytest.mark.parametrize(
    "show",
    [render.show_result, lambda console, shown: render.show_failure(console, Failure(shown.doc_id, "x"))],
)
def test_a_document_cannot_steer_the_terminal(printed, show):
    shown = result(
        doc_id="\x1b[2Jid",
        title="\x1b]0;title\x07",
        facilities=[Facility(id="facility-1", name="\x1b[31mred")],
    )

    assert not any("\x1b" in line or "\x07" in line for line in printed(show, shown))


def test_markup_in_a_text_is_shown_as_it_is(printed):
    assert "[bold]x[/bold] :smile:" in " ".join(
        printed(render.show_result, result(title="[bold]x[/bold] :smile:"))
    )


def test_nothing_is_wider_than_the_terminal(printed):
    long = result(
        title="word " * 60, facilities=[Facility(id="facility-1", name="word " * 60, products=["x" * 200])]
    )

    assert max(map(len, printed(render.show_result, long))) <= 80


def test_progress_is_shown_on_a_terminal_only(printed, tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_bytes(b"x" * 1000)

    def run(console):
        tally = Tally(documents=7, failures=2, cost_usd=1.5)
        position = Position([file])
        with render.progress(console, tally, position) as update:
            update(3)
            position.at(250)
            update(3)
            console.print("working")

    assert printed(run) == ["working"]
    moving = "\n".join(printed(run, force_terminal=True, width=200))
    assert re.search(r"7 documents, [\d,.]+ a second, 3 at the model, 2 failed, \$1\.50, 25% of", moving)
    assert re.search(r" of the input, \d:\d\d:\d\d left", moving)


def test_scores_are_shown_by_record_type_and_document(printed):
    scores = Scores(problems_missed=["a: timeline conflict"], missing=["b"])
    scores.count("all", "records").add(1, 2, 4)
    scores.count("deals", "parties").add(3, 3, 3)
    scores.documents["a"] = Count(1, 2, 2)

    lines = printed(render.show_scores, scores)

    assert " records                         0.50     0.25   0.33       1       2      4" in lines
    assert " parties                         1.00     1.00   1.00       3       3      3" in lines
    assert " a                               0.50     0.50   0.50       1       2      2" in lines
    assert lines[lines.index("Problems missed (1)") + 1] == "  a: timeline conflict"
    assert lines[lines.index("Gold documents without a result (1)") + 1] == "  b"


def test_money_in_other_currencies_is_shown_as_derived():
    rates = {
        "usd_value": Decimal(500_700_000),
        "eur_value": Decimal(460_100_000),
        "rate_date": date(2024, 3, 8),
    }
    money = SimpleNamespace(unit="CNY", derived=SimpleNamespace(**rates))
    dollars = SimpleNamespace(unit="USD", derived=SimpleNamespace(**rates))

    assert derived_words(money) == "500.7 million USD or 460.1 million EUR (derived, 2024-03-08)"
    assert derived_words(dollars) == "460.1 million EUR (derived, 2024-03-08)"
    assert derived_words(SimpleNamespace(unit="t", derived=None)) == ""
