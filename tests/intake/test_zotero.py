"""Zotero's CSV and RDF."""

from readlist.intake.zotero import plain_note
from readlist.intake.zotero_csv import read_zotero_csv
from readlist.intake.zotero_rdf import read_zotero_rdf
from readlist.paper import Author

CSV = (
    '\ufeff"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Date","Date Added",'
    '"Extra","Notes","File Attachments","Manual Tags","Automatic Tags","Editor"\n'
    '"AB12","journalArticle","2019","Lovelace, Ada; The Reading Group","Notes on ""engines""","Memoirs","10.1000/182",'
    '"2019-05","2020-01-04 07:49:16","arXiv: 2210.05546","<p>First</p>\n<p>second</p>","/home/me/a.pdf","one; two",'
    '"three",""\n'
    '"AB13","book","2001"\n'
    '"AB14","book","2001","","On books","","","2001","","","","","","","Page, Ann"\n'
)
HEAD = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/">
"""
RDF = f"""{HEAD}<bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:12345678"/>
<bib:authors><rdf:Seq>
<rdf:li><foaf:Person><foaf:surname>Lovelace</foaf:surname><foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li>
<rdf:li><foaf:Person><foaf:surname>The Reading Group</foaf:surname></foaf:Person></rdf:li>
</rdf:Seq></bib:authors>
<dcterms:isReferencedBy rdf:resource="#item_2"/><link:link rdf:resource="#item_3"/>
<dc:subject>engines</dc:subject>
<dc:subject><z:AutomaticTag><rdf:value>notes</rdf:value></z:AutomaticTag></dc:subject>
<dc:title>Notes on the engine</dc:title><dc:date>8/2020</dc:date><bib:pages>1-12</bib:pages>
<dc:identifier><dcterms:URI><rdf:value>https://example.org/x?a=1&amp;b=2</rdf:value></dcterms:URI></dc:identifier>
</bib:Article>
<bib:Journal rdf:about="urn:issn:12345678"><dc:title>Memoirs</dc:title><prism:volume>3</prism:volume>
<dc:identifier>DOI 10.1000/182</dc:identifier><dc:identifier>ISSN 1234-5678</dc:identifier></bib:Journal>
<bib:Memo rdf:about="#item_2"><rdf:value>&lt;p&gt;Read &lt;b&gt;this&lt;/b&gt;&lt;/p&gt;</rdf:value></bib:Memo>
<z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType>
<rdf:resource rdf:resource="files/3/a.pdf"/></z:Attachment>
<bib:Memo rdf:about="#item_4"><rdf:value>&lt;p&gt;loose&lt;/p&gt;</rdf:value></bib:Memo>
</rdf:RDF>
"""


def test_csv_rows_become_papers_and_a_broken_row_takes_no_other_with_it() -> None:
    found = read_zotero_csv(CSV)
    article, book = found.papers
    assert article.title == 'Notes on "engines"'
    assert article.authors == (Author("Lovelace", "Ada"), Author(literal="The Reading Group"))
    assert (article.arxiv_id, article.doi, article.venue) == ("2210.05546", "10.1000/182", "Memoirs")
    assert (article.note, article.files) == ("First\n\nsecond", ("/home/me/a.pdf",))
    assert (article.tags, article.added) == (("one", "two", "three"), "2020-01-04T07:49:16Z")
    assert (book.type, book.editors) == ("book", (Author("Page", "Ann"),))
    assert [reject.line for reject in found.rejects] == [4]


def test_rdf_ties_journals_notes_and_files_to_their_papers() -> None:
    found = read_zotero_rdf(RDF)
    (paper,) = found.papers
    assert (paper.title, paper.venue, paper.volume, paper.pages) == ("Notes on the engine", "Memoirs", "3", "1-12")
    assert paper.authors == (Author("Lovelace", "Ada"), Author(literal="The Reading Group"))
    assert (paper.doi, paper.url, paper.published) == ("10.1000/182", "https://example.org/x?a=1&b=2", "2020-08")
    assert (paper.note, paper.files, paper.tags) == ("Read this", ("files/3/a.pdf",), ("engines", "notes"))
    assert [(reject.text, reject.line) for reject in found.rejects] == [("loose", 22)]


def test_an_entity_bomb_and_broken_xml_end_in_a_sentence() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + HEAD + "&b;</rdf:RDF>"
    (reject,) = read_zotero_rdf(bomb).rejects
    assert "entities" in reject.reason
    (reject,) = read_zotero_rdf(RDF[:900]).rejects
    assert reject.reason.startswith("The XML is broken")
    (reject,) = read_zotero_rdf(HEAD + "<a>" * 100_000).rejects
    assert "deep" in reject.reason


def test_a_note_in_html_is_text() -> None:
    assert plain_note("<p>One &amp; two</p><ul><li>a</li><li>b</li></ul>x &lt; y") == "One & two\n- a\n- b\nx < y"
