"""The command `figures`, as a user types it."""

import json


def test_figures_shows_the_ledger(extractor_, press):
    ran = extractor_("figures", press)

    assert ran.exit_code == 0
    assert "[f1: 183 million euros]" in ran.stdout
    assert "183 million EUR" in ran.stdout


def test_figures_as_json(extractor_, press):
    ran = extractor_("figures", press, "--json", "--published", "2022-11-23")

    told = json.loads(ran.stdout)
    assert (told["published"], told["figures"][0]["value"]) == ("2022-11-23", 183_000_000)


def test_figures_of_a_missing_file(extractor_):
    ran = extractor_("figures", "missing.txt")

    assert (ran.exit_code, ran.stderr) == (2, "extractor: missing.txt: no such file\n")
