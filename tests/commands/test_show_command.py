"""The command `show`, as a user types it."""

from press import SENTENCE


def test_show_prints_every_document(extractor_, press, folder):
    (folder / "other.txt").write_text(SENTENCE)
    extractor_("run", press, "other.txt", "-o", "out.jsonl")

    ran = extractor_("show", "out.jsonl")

    assert ran.exit_code == 0
    assert [line.split()[0] for line in ran.stdout.splitlines() if "──" in line] == ["press.txt", "other.txt"]
    assert "[f1: 183 million euros]" in ran.stdout


def test_show_prints_one_document(extractor_, press, folder):
    (folder / "other.txt").write_text(SENTENCE)
    extractor_("run", press, "other.txt", "-o", "out.jsonl")

    ran = extractor_("show", "out.jsonl", "--doc", "other.txt")

    assert ran.exit_code == 0
    assert "other.txt" in ran.stdout
    assert "press.txt" not in ran.stdout


def test_show_of_a_document_that_is_not_there(extractor_, press):
    extractor_("run", press, "-o", "out.jsonl")

    ran = extractor_("show", "out.jsonl", "--doc", "x")

    assert (ran.exit_code, ran.stderr) == (2, 'extractor: out.jsonl: there is no document "x" in it\n')


def test_show_goes_on_after_a_line_that_is_no_result(extractor_, press, folder):
    extractor_("run", press, "-o", "out.jsonl")
    with (folder / "out.jsonl").open("a") as file:
        file.write("oops\n")

    ran = extractor_("show", "out.jsonl")

    assert ran.exit_code == 1
    assert "press.txt" in ran.stdout
    assert ran.stderr.startswith('extractor: out.jsonl:2: is not a result of "extractor run"')
