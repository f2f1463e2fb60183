from __future__ import annotations

import pytest

from index.errors import ReadError
from index.readers.web_page import read_web_page

DIV_SOUP = """<html><head><title>Council approves budget of $4.5m - Harbour Post</title></head><body><div id=wrap>
<div id=header><a href=/>Harbour Post</a> Friday, 5 May 2023</div>
<div id=nav><a href=/>Home</a> | <a href=/news>News</a> | <a href=/s>Sport</a></div>
<div id=content><div class=title>Council approves budget of $4.5m</div>
<div class=info>By A. Writer | March 3, 2009</div>
<div class=photo><img src=x><br>The town hall on Thursday.</div>
<div>The council approved a budget of $4.5m on Thursday after six hours.</div>
<div>Opponents said they would appeal.</div><div>They have 30 days.</div>
<div><b>More from Local News</b><br><a href=/1>Bridge repairs to start in autumn</a></div></div>
<div id=foot>Copyright 2009 Harbour Post. All rights reserved.</div></div></body></html>"""

BREAKS = """<html><head><title>Fire at mill</title></head><body><h1>Fire at mill</h1>By JOHN ROE<br><br>
A fire broke out at the mill on Monday.<br><br>Nobody was hurt, the owner said.<br><br>Damage is put at 3 million.
<br><br><a href=/>Home</a></body></html>"""

TABLE_LAYOUT = """<html><head><title>Harbour Post: Fish stocks fall by a third</title></head><body>
<table width=100%><tr>
<td width=150><a href=/a>News</a><br><a href=/b>Sport</a></td><td><font size=5>
<b>Fish stocks fall by a third</b></font>
<p><i>3 March 2003</i><p>Fish stocks have fallen by a third since 1990, a report said.
<table border=1><tr><td>Cod</td><td>-40%</td></tr><tr><td>Herring</td><td>-20%</td></tr><tr><td>Plaice</td>
<td>-31%</td></tr>
</table><p>Fishermen disagreed.</td></tr><tr><td colspan=2><font size=1>&copy; 2003 Harbour Post</font></td>
</tr></table>
</body></html>"""

LIVE = """<html><head><title>Storm: live updates</title></head><body><main><h1>Storm: live updates</h1>
<p>Follow our coverage of the storm as it crosses the bay.</p><div class=live-blog>
<article><h2>Ferries stop</h2><p>All ferries stopped at nine.</p></article>
<article><h2>Port shut</h2><p>The port shut at seven. Some 40 ships wait.</p></article></div></main></body></html>"""

AMP = """<html amp lang=de><head><title>Hafen gesperrt</title></head><body><amp-sidebar><p>Menü</p>
</amp-sidebar><article>
<h1>Hafen gesperrt</h1><p class=intro>Der Hafen ist seit Montag gesperrt.</p><amp-img src=x></amp-img>
<p>Etwa 6&#8239;500 Menschen warten.</p><section class=paywall><p>Der bezahlte Teil steht hier.</p></section>
</article>
</body></html>"""

SPLIT_BODY = """<html><head><title>Bay vote splits council</title></head><body><main><article>
<header><h1>Bay vote splits council</h1></header><div class=article-body><p>The council split on Monday.</p></div>
<div class=article-body><p>The vote was 5 to 4, the clerk said.</p></div>
<div class=article-body><p>It votes again in May.</p></div></article></main></body></html>"""

SHORT = """<html><head><title>Cat found - Bay News</title></head><body><div class=page><h1>Cat found</h1>
<p>A cat was found.</p><p>It is well.</p></div><div>Bay News, 12 Quay Street</div></body></html>"""

SHAPES = {
    "div-soup": (
        DIV_SOUP,
        "The council approved a budget of $4.5m on Thursday after six hours.",
        "Opponents said they would appeal.",
        "They have 30 days.",
    ),
    "breaks": (
        BREAKS,
        "A fire broke out at the mill on Monday.",
        "Nobody was hurt, the owner said.",
        "Damage is put at 3 million.",
    ),
    "table-layout": (
        TABLE_LAYOUT,
        "Fish stocks have fallen by a third since 1990, a report said.",
        "Cod | -40%\nHerring | -20%\nPlaice | -31%",
        "Fishermen disagreed.",
    ),
    "live": (
        LIVE,
        "Follow our coverage of the storm as it crosses the bay.",
        "Ferries stop",
        "All ferries stopped at nine.",
        "Port shut",
        "The port shut at seven. Some 40 ships wait.",
    ),
    "amp": (
        AMP,
        "Der Hafen ist seit Montag gesperrt.",
        "Etwa 6 500 Menschen warten.",
        "Der bezahlte Teil steht hier.",
    ),
    "split-body": (
        SPLIT_BODY,
        "The council split on Monday.",
        "The vote was 5 to 4, the clerk said.",
        "It votes again in May.",
    ),
    "short": (SHORT, "A cat was found.", "It is well."),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_article_is_found_in_pages_of_every_shape(shape: str) -> None:
    source, *paragraphs = SHAPES[shape]
    assert read_web_page(source.encode()).text.split("\n\n") == paragraphs


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("", id="empty"),
        pytest.param("  \n ", id="white-space"),
        pytest.param("<div id=root>Loading...</div><script>start()</script>", id="waits-for-a-script"),
        pytest.param(
            "<title>404 Not Found</title><center><h1>404 Not Found</h1></center>nginx", id="error-page"
        ),
        pytest.param("<frameset><frame src=a></frameset>", id="frames"),
        pytest.param(
            "<div><a href=/>Home</a> | <a href=/n>News</a></div>"
            "<ul><li><a href=/1>One long story about fish</a></li></ul>",
            id="navigation",
        ),
    ],
)
def test_page_without_an_article_says_what_to_do(source: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_web_page(source.encode())
    assert caught.value.message
    assert caught.value.remedy
