//! Web pages and Word files, made here: what they say comes out as if it had been a text, and what is none is refused.
//!
//! All people and events are invented.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use hoinghi::document;
use hoinghi::domain::{ParticipantRole, Source};
use hoinghi::extract::extract;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A page as news sites make them: menus, teasers, comments and a counter around an article.
const PAGE: &str = r##"<!DOCTYPE html>
<html lang="vi"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>Bắc Sơn Hạ tổng kết công tác thủy lợi năm 2022 | Báo Sông Quê</title>
<link rel="canonical" href="https://songque.example/tin/thuy-loi-2022.html">
<meta property="og:site_name" content="Báo Sông&nbsp;Quê"/>
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"},
 {"@type": ["NewsArticle"], "datePublished": "2023-01-12T23:30:00Z", "headline": "x"}]}</script>
<style>p { color: red }</style></head>
<body>
<div id="header" class="header"><ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/cs">Chính sự</a></li>
<li><a href="/xh">Xã hội</a></li></ul></div>
<div id="main"><div class="article-detail" id="article">
<h1 class="title">Bắc Sơn Hạ tổng kết công tác thủy lợi năm 2022</h1>
<div class="toolbar share"><a href="#">Chia sẻ</a> <a href="#">In trang</a></div>
<div class="article-body">
<p><b>Sáng 12/1/2023, Sở Nông nghiệp và Phát triển nông thôn tỉnh Hòa Bình tổ chức Hội nghị tổng kết công tác
thủy lợi năm 2022, triển khai nhiệm vụ năm 2023.</b></p>
<p>Đồng chí Quách Văn Mẫu, Phó Chủ tịch UBND tỉnh chủ trì hội nghị. Dự hội nghị có đồng chí Bùi Thị Thí Dụ,
Giám đốc Sở Nông nghiệp và Phát triển nông thôn&nbsp;tỉnh.</p>
<figure><img src="a.jpg"><figcaption>Đồng chí Quách Văn Mẫu phát biểu tại hội nghị.</figcaption></figure>
<p>Năm 2022, các công trình đã tưới cho hơn 1.234 ha lúa, đạt 98,5% kế hoạch; người dân đóng góp ngày công nạo vét
kênh mương nội đồng, sửa chữa các bai, đập nhỏ bị hư hỏng sau mùa mưa lũ ở khắp các xã vùng cao của tỉnh.</p>
<p>Phát biểu kết luận hội nghị, đồng chí Quách Văn Mẫu yêu cầu trong năm 2023 các địa phương:</p>
<ul><li><p>Tiếp tục nạo vét kênh mương trước vụ đông xuân;</p></li><li>Kiểm tra an toàn hồ đập trước mùa mưa lũ.</li></ul>
<table><tr><th>Huyện</th><th>Diện tích</th></tr><tr><td><p>Lạc Sơn</p></td><td><p>500 ha</p></td></tr></table>
</div></div>
<div class="related"><h3>Tin liên quan</h3><ul><li><a href="/1">Đồng chí Đinh Thử Nghiệm dự hội nghị biểu dương người tốt</a></li>
<li><a href="/2">Khai mạc giải bóng chuyền xã Đông Lai</a></li></ul></div>
<div class="comments" id="comments"><h3>Bình luận</h3><p>Nguyễn Bình Luận: Bài hay quá, mong các đồng chí quan tâm.</p></div>
</div>
<div id="footer" class="footer">Lượt truy cập: 123.456. Chịu trách nhiệm: Lê Tòa Soạn</div>
<script>var a = "<div><div>" < 3;</script>
</body></html>"##;

fn read(name: &str, bytes: &[u8]) -> Source {
    document::read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What a source about the water conference has to give, whatever file it came in.
fn tells_of_the_conference(source: &Source) {
    let facts = extract(source);
    let meeting = &facts.meetings[0];
    assert_eq!(facts.meetings.len(), 1, "{facts:#?}");
    assert_eq!(meeting.date.unwrap().to_string(), "2023-01-12");
    let mut people: Vec<_> = meeting.participants.iter().map(|p| (p.name.as_str(), p.roles.clone())).collect();
    people.sort();
    let roles = [ParticipantRole::Chair, ParticipantRole::Speaker];
    assert_eq!(people.iter().map(|p| p.0).collect::<Vec<_>>(), ["Bùi Thị Thí Dụ", "Quách Văn Mẫu"], "{}", source.text);
    assert!(roles.iter().all(|role| people[1].1.contains(role)), "{people:?}");
    let tasks: Vec<_> = facts.tasks.iter().map(|task| task.text.as_str()).collect();
    assert_eq!(
        tasks,
        ["Tiếp tục nạo vét kênh mương trước vụ đông xuân", "Kiểm tra an toàn hồ đập trước mùa mưa lũ"],
        "{}",
        source.text
    );
    // Evidence is quoted from the text as it was read.
    let span = facts.tasks[0].evidence[0].span;
    let quote: String = source.text.chars().skip(span.start as usize).take(span.len() as usize).collect();
    assert!(quote.contains("nạo vét kênh mương"), "{quote}");
}

#[test]
fn a_web_page_is_read_as_its_article() {
    let source = read("thuy-loi.html", PAGE.as_bytes());
    assert_eq!(source.slug, "thuy-loi");
    assert_eq!(source.title, "Bắc Sơn Hạ tổng kết công tác thủy lợi năm 2022");
    assert_eq!(source.meta.publisher.as_deref(), Some("Báo Sông Quê"));
    assert_eq!(source.meta.url.as_deref(), Some("https://songque.example/tin/thuy-loi-2022.html"));
    // Half past eleven in the evening in London is the next morning in Vietnam.
    assert_eq!(source.meta.published_on.unwrap().to_string(), "2023-01-13");
    for says in [
        "Bắc Sơn Hạ tổng kết công tác thủy lợi năm 2022\n\nSáng 12/1/2023, Sở",
        "tổng kết công tác thủy lợi năm 2022, triển khai",
        "nông thôn\u{a0}tỉnh.",
        "\n\nĐồng chí Quách Văn Mẫu phát biểu tại hội nghị.\n\n",
        "các địa phương:\n\n- Tiếp tục nạo vét kênh mương trước vụ đông xuân;\n- Kiểm tra an toàn hồ đập trước mùa mưa lũ.",
        "Huyện | Diện tích\nLạc Sơn | 500 ha",
    ] {
        assert!(source.text.contains(says), "{says}\nin\n{}", source.text);
    }
    for foreign in ["Trang chủ", "Bình luận", "bóng chuyền", "truy cập", "color", "var a", "Chia sẻ"] {
        assert!(!source.text.contains(foreign), "{foreign}\nin\n{}", source.text);
    }
    tells_of_the_conference(&source);
}

#[test]
fn a_web_page_in_an_old_charset_reads_the_same() {
    let utf_8 = read("a.htm", PAGE.as_bytes());

    let utf_16: Vec<u8> = "\u{feff}".encode_utf16().chain(PAGE.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    assert_eq!(read("a.HTM", &utf_16), utf_8);
    // Decomposed, as some systems save.
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(PAGE).collect();
    assert_eq!(read("a.html", decomposed.as_bytes()), utf_8);
}

#[test]
fn pages_without_an_article_or_with_little_of_one_are_read_as_far_as_they_go() {
    for (html, text) in [
        ("<p>Một dòng.", "Một dòng."),
        ("chỉ có chữ & dấu &lt;", "chỉ có chữ & dấu <"),
        ("<title>Tên</title><body><pre>a\n  b\n</pre>", "Tên\n\na\n  b"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
    ] {
        assert_eq!(read("a.html", html.as_bytes()).text.trim(), text, "{html}");
    }
    // What cannot be a day, an address or a title is none.
    let page = "<title>a</title><link rel=canonical href='javascript:alert(1)'><meta itemprop=datePublished content='03/04/2022'><p>b";
    let meta = read("a.html", page.as_bytes()).meta;
    assert_eq!((meta.url, meta.published_on), (None, None));
}

/// A Word file of these parts.
fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let xml = format!(r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    docx(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/header1.xml", "<w:p>Đầu trang</w:p>"),
        ("word/document.xml", &xml),
    ])
}

fn paragraph(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

const ITEM: &str = r#"<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>"#;

#[test]
fn a_word_file_is_read_as_its_body() {
    let mut body = String::new();
    for (properties, words) in [
        (r#"<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="1"/></w:numPr>"#, "Tổng kết công tác thủy lợi"),
        (
            "",
            "Sáng 12/1/2023, Sở Nông nghiệp và Phát triển nông thôn tỉnh Hòa Bình tổ chức Hội nghị tổng kết công tác thủy lợi năm 2022, triển khai nhiệm vụ năm 2023.",
        ),
        (
            "",
            "Đồng chí Quách Văn Mẫu, Phó Chủ tịch UBND tỉnh chủ trì hội nghị. Dự hội nghị có đồng chí Bùi Thị Thí Dụ, Giám đốc Sở Nông nghiệp và Phát triển nông thôn tỉnh.",
        ),
        ("", "Phát biểu kết luận hội nghị, đồng chí Quách Văn Mẫu yêu cầu trong năm 2023 các địa phương:"),
        (ITEM, "Tiếp tục nạo vét kênh mương trước vụ đông xuân;"),
        (ITEM, ""),
        (ITEM, "Kiểm tra an toàn hồ đập trước mùa mưa lũ."),
    ] {
        body.push_str(&paragraph(properties, words));
    }
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", paragraph("", words));
    for row in [["Huyện", "Diện tích"], ["Lạc Sơn", "500 ha"]] {
        let table = format!("<w:tr>{}{}</w:tr>", cell(row[0]), cell(row[1]));
        write!(body, "<w:tbl>{table}</w:tbl>").unwrap();
    }
    body.push_str(
        r#"<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>A&amp;B</w:t><w:tab/><w:t>tu</w:t>
        <w:softHyphen/><w:t>yên&#7897;</w:t><w:br/><w:t>ba</w:t></w:r><w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>
        <w:r><w:instrText>PAGE</w:instrText><mc:AlternateContent><mc:Choice><w:t>!</w:t></mc:Choice>
        <mc:Fallback><w:t>lặp</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"#,
    );
    let source = read("a.docx", &word(&body));
    assert_eq!(source.title, "Tổng kết công tác thủy lợi");
    assert!(source.text.starts_with("Tổng kết công tác thủy lợi\n\nSáng 12/1/2023"), "{}", source.text);
    let end = "các địa phương:\n\n- Tiếp tục nạo vét kênh mương trước vụ đông xuân;\n- Kiểm tra an toàn hồ đập trước mùa mưa \
               lũ.\n\nHuyện | Diện tích\n\nLạc Sơn | 500 ha\n\nA&B\ttu\u{ad}yênộ\nba!";
    assert!(source.text.ends_with(end), "{}", source.text);
    tells_of_the_conference(&source);
}

#[test]
fn the_properties_of_a_word_file_name_it() {
    let body = "<w:document><w:p><w:r><w:t>Thân bài</w:t></w:r></w:p></w:document>";
    let core = "<cp:coreProperties><dc:creator>Ai</dc:creator><dc:title>Một &amp;\n hai</dc:title></cp:coreProperties>";
    let source = read("a.docx", &docx(&[("word/document2.xml", body), ("docProps/core.xml", core)]));
    assert_eq!((source.title.as_str(), source.text.as_str()), ("Một & hai", "Thân bài"));
    let source = read("a.docx", &docx(&[("word/document.xml", body), ("docProps/core.xml", "<dc:title></dc:title><")]));
    assert_eq!(source.title, "Thân bài");
}

#[test]
fn what_is_no_page_and_no_word_file_is_refused_with_its_reason() {
    let deep =
        |open: &str, close: &str, times: usize| [open.repeat(times), "x".to_owned(), close.repeat(times)].concat();
    let broken = |xml: &str| docx(&[("word/document.xml", xml)]);
    let bomb = format!("<w:p>{}</w:p>", " ".repeat(65 * 1024 * 1024));
    let long = word(&paragraph("", &"chữ ".repeat(1024 * 1024)));
    for (name, bytes, says) in [
        ("a.html", Vec::new(), "empty"),
        ("a.html", b"<html><head><title>Ten</title></head><body><script>1</script></body>".to_vec(), "empty"),
        ("a.html", vec![b' '; 16 * 1024 * 1024 + 1], "16 MiB"),
        ("a.html", "<p>a</p> và chữ ".repeat(110_000).into_bytes(), "elements"),
        ("a.html", [b"<p>", "dài ".repeat(1_100_000).as_bytes()].concat(), "4 MiB"),
        ("a.html", b"a\0b".to_vec(), "NUL"),
        ("a.html", deep("<div>", "</div>", 100_000).into_bytes(), "nested"),
        ("a.html", deep("<div></x>", "", 100_000).into_bytes(), "nested"),
        ("a.html", deep("<div>", &"<p>x".repeat(100), 900).into_bytes(), "nested"),
        ("a.html", "&amp".repeat(600_000).into_bytes(), "entities"),
        ("a.html", deep("<b><p>", "", 100_000).into_bytes(), "nested"),
        ("a.html", deep("<table><tr><td></div>", "", 100_000).into_bytes(), "nested"),
        ("a.html", format!("<p {}>", "a=1 b='2'".repeat(100_000)).into_bytes(), "attributes"),
        ("a.docx", Vec::new(), "unpacked"),
        ("a.docx", b"PK\x03\x04 and no more".to_vec(), "unpacked"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old".to_vec(), ".doc"),
        ("a.docx", docx(&[("word/other.xml", "<a/>")]), "word/document.xml"),
        ("a.docx", broken("<w:p><w:t>a</w:p>"), "at byte"),
        ("a.docx", broken(&deep("<w:tbl>", "</w:tbl>", 100_000)), "nested"),
        ("a.docx", broken(&bomb), "64 MiB"),
        ("a.docx", long, "4 MiB"),
        ("a.docx", word(""), "empty"),
        ("a.docx", vec![0; 16 * 1024 * 1024 + 1], "16 MiB"),
        ("a.rtf", b"text".to_vec(), ".docx"),
        ("a.PDF", b"%PDF-1.7".to_vec(), "pdftotext"),
    ] {
        let told = document::read(name, &bytes).expect_err(says).to_string();
        assert!(told.contains(says), "{says}: {told}");
    }
    // An entity that would be written out a billion times is written out not at all.
    let laughs = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:p><w:r><w:t>x&b;y</w:t></w:r></w:p>"#;
    assert_eq!(read("a.docx", &broken(laughs)).text, "xy");
}
