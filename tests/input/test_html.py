"""Main text, headline, address and date of a press page."""

from datetime import date

import pytest

from extractor.input import documents

BODY = """
<p>Lumora Energy has started building a cathode plant in Szeged, Hungary, for 420 million euros.
It will make 60,000 tonnes of LFP a year.</p>
<p>Production is to start in the second half of 2026, as the company had said on 2 April 2023.</p>
"""


@pytest.fixture
def read(tmp_path):
    """The document of one page."""

    def read_page(page):
        (tmp_path / "press.html").write_text(page, encoding="utf-8")
        [found] = documents([tmp_path / "press.html"])
        return found

    return read_page


def page(body=BODY, head="", top="", bottom=""):
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body>{top}<article>{body}</article>{bottom}</body></html>"
    )


def test_the_paragraphs_of_the_main_text_stand_on_lines_of_their_own(read):
    lines = read(page()).text.splitlines()

    assert [line.split()[0] for line in lines] == ["Lumora", "Production"]


def test_figures_in_a_table_are_kept(read):
    table = "<table><tr><th>Phase</th><th>Capacity</th></tr><tr><td>1</td><td>20,000 t</td></tr></table>"

    assert "20,000 t" in read(page(BODY + table)).text


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="cookie-banner"><p>We use cookies on 12 of our partner sites.</p></div>',
        '<div id="consent"><p>We and 12 partners store data.</p></div>',
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/12">12 products</a></li></ul></nav>',
        "<aside><h3>More</h3><p>Lumora signs a deal over 12 GWh with Voltic.</p></aside>",
        '<div class="related-news"><h3>Related news</h3><p>Lumora signs a deal over 12 GWh.</p></div>',
        "<footer><p>Contact: press@lumora.example, phone +36 12 555 0100</p></footer>",
        '<div role="dialog"><p>Subscribe to our 12 newsletters.</p></div>',
    ],
    ids=["cookie banner", "consent", "menu", "aside", "related news", "contact footer", "dialog"],
)
@pytest.mark.parametrize("body", [BODY, "<h1>Voltic orders cells</h1><p>Voltic ordered 5 GWh of cells.</p>"])
def test_furniture_is_kept_out_of_long_and_short_pages(read, furniture, body):
    text = read(page(body, top=furniture, bottom=furniture)).text

    assert "12" not in text


def test_an_article_in_a_block_named_like_furniture_is_kept(read):
    assert "420 million" in read(f'<html><body><div class="related share">{page()}</div></body></html>').text


def test_the_headline_is_the_title(read):
    assert (
        read(page("<h1>Lumora breaks ground</h1>" + BODY, "<title>Lumora</title>")).title
        == "Lumora breaks ground"
    )


def test_the_canonical_address_is_the_source(read):
    head = '<link rel="canonical" href="https://lumora.example/news/szeged">'

    assert read(page(head=head)).source == "https://lumora.example/news/szeged"


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ('<meta property="article:published_time" content="2024-05-14T09:00:00+02:00">', ""),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "2024-05-14"}</script>',
            "",
        ),
        ("", '<time datetime="2024-05-14">two years ago</time>'),
        ("", '<div class="post-date">14 May 2024</div>'),
        ("", "<div><i></i>May 14, 2024 16:13</div>"),
        ("", "<p>SZEGED, May 14, 2024 -- </p>"),
    ],
    ids=["meta", "JSON-LD", "time", "class", "a short block", "dateline"],
)
def test_the_publication_date_is_found(read, head, top):
    assert read(page(top + BODY, head)).published == date(2024, 5, 14)


def test_a_later_change_is_not_the_publication(read):
    head = (
        '<meta property="article:modified_time" content="2024-06-01">'
        '<meta property="article:published_time" content="2024-05-14">'
    )

    assert read(page(head=head)).published == date(2024, 5, 14)


@pytest.mark.parametrize(
    "sentence",
    [
        "It opened on 2023-11-18 with 5 GWh.",
        "It opened on <b>2023-11-18</b> with 5 GWh, and grew by half since then.",
    ],
)
def test_a_date_in_running_text_is_not_the_publication(read, sentence):
    assert (
        read(
            page(f"<p>{sentence} The plant makes cells for storage.</p>{BODY}", bottom="<p>© 2019</p>")
        ).published
        is None
    )


def test_a_page_without_an_article_is_an_error(read):
    assert read('<html><body><nav><a href="/">Home</a></nav></body></html>').what.startswith(
        "has no main text"
    )
