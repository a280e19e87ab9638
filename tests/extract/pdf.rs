//! PDFs, written here letter by letter: what one reads on their pages comes out as text, whatever order it is drawn in.
//!
//! All people and events are invented.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use hoinghi::document;
use hoinghi::domain::Source;

use crate::documents;

/// Words with their first letter at a place, counted from the left and from the top of a page of 600 by 800. Every letter
/// is half as wide as it is high.
fn at(x: f64, y: f64, size: f64, words: &str) -> String {
    format!("BT /F {size} Tf 1 0 0 1 {x} {} Tm {} Tj ET\n", 800.0 - y, hex(words))
}

/// Lines of text one below the other.
fn lines(x: f64, y: f64, lines: &[&str]) -> String {
    let mut y = y - 14.0;
    lines.iter().fold(String::new(), |drawn, line| {
        y += 14.0;
        drawn + &at(x, y, 10.0, line)
    })
}

fn hex(words: &str) -> String {
    let code = |out: String, unit: u16| out + &format!("{unit:04x}");
    format!("<{}>", words.encode_utf16().fold(String::new(), code))
}

/// A PDF of these pages, each what is drawn there, with more entries for the page.
struct Pdf {
    objects: Vec<String>,
    pages: Vec<usize>,
    info: String,
}

impl Pdf {
    fn new() -> Self {
        let unicode = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> \
            endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap";
        let font = "<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [<< /Type /Font \
            /Subtype /CIDFontType2 /BaseFont /Any /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
            /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Any /Flags 4 >> >>] /ToUnicode 4 0 R >>";
        let nameless = font.replace("/ToUnicode 4 0 R", "");
        let mut pdf = Self { objects: vec![String::new(), String::new()], pages: Vec::new(), info: String::new() };
        pdf.objects.extend([font.to_owned(), stream("", unicode), nameless]);
        pdf
    }

    fn of(pages: &[String]) -> Vec<u8> {
        pages.iter().fold(Self::new(), |pdf, drawn| pdf.page(drawn, "")).bytes()
    }

    fn object(&mut self, object: String) -> usize {
        self.objects.push(object);
        self.objects.len()
    }

    fn page(mut self, drawn: &str, more: &str) -> Self {
        let contents = self.object(stream("", drawn));
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {contents} 0 R {more} \
            /Resources << /Font << /F 3 0 R /N 5 0 R >> >> >>"
        );
        let page = self.object(page);
        self.pages.push(page);
        self
    }

    fn bytes(mut self) -> Vec<u8> {
        "<< /Type /Catalog /Pages 2 0 R >>".clone_into(&mut self.objects[0]);
        let kids = self.pages.iter().map(|page| format!("{page} 0 R")).collect::<Vec<_>>().join(" ");
        self.objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len());
        let (mut file, mut places) = ("%PDF-1.7\n".to_owned(), String::new());
        for (n, object) in self.objects.iter().enumerate() {
            let _ = writeln!(places, "{:010} 00000 n ", file.len());
            let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", n + 1);
        }
        let (start, size) = (file.len(), self.objects.len() + 1);
        let _ = write!(file, "xref\n0 {size}\n0000000000 65535 f \n{places}");
        let _ = write!(
            file,
            "trailer\n<< /Size {size} /Root 1 0 R /Info << {} >> >>\nstartxref\n{start}\n%%EOF\n",
            self.info
        );
        file.into_bytes()
    }
}

fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

fn read(bytes: &[u8]) -> Source {
    document::read("a.pdf", bytes).unwrap_or_else(|error| panic!("{error}"))
}

fn text(pages: &[String]) -> String {
    read(&Pdf::of(pages)).text
}

#[test]
fn letters_become_words_wherever_they_are_drawn() {
    let apart =
        |words: &[(f64, &str)]| words.iter().fold(String::new(), |drawn, (x, word)| drawn + &at(*x, 100.0, 10.0, word));
    for (what, drawn, reads) in [
        (
            "one font first",
            at(100.0, 100.0, 10.0, "Hội ngh") + &at(140.0, 100.0, 10.0, "h") + &at(135.0, 100.0, 10.0, "ị"),
            "Hội nghịh",
        ),
        ("from behind", apart(&[(123.0, "ngày"), (100.0, "Sáng")]), "Sáng ngày"),
        ("no spaces, but gaps", apart(&[(100.0, "Sáng"), (122.0, "ngày")]), "Sáng ngày"),
        ("letters set apart a little", apart(&[(100.0, "S"), (106.0, "á"), (112.0, "ng")]), "Sáng"),
        (
            "marks drawn by themselves",
            apart(&[(100.0, "Ho"), (106.0, "\u{302}"), (105.0, "\u{323}"), (110.0, "i")]),
            "Hội",
        ),
        ("a ligature", apart(&[(100.0, "\u{fb01}lm")]), "film"),
        ("bold, drawn twice", apart(&[(100.0, "Tin"), (100.3, "Tin")]), "Tin"),
        ("but not a doubled letter", apart(&[(100.0, "oo")]), "oo"),
        (
            "raised",
            at(100.0, 100.0, 10.0, "5 km") + &at(120.0, 96.5, 6.0, "2") + &at(123.0, 100.0, 10.0, "."),
            "5 km².",
        ),
        ("spaces that are none", at(100.0, 100.0, 10.0, "a\u{a0}\u{2003}b"), "a b"),
        ("off the page", at(100.0, 100.0, 10.0, "a") + &at(700.0, 100.0, 10.0, "b"), "a"),
    ] {
        assert_eq!(text(&[drawn]), reads, "{what}");
    }
}

/// Lines of about 50 letters of one paragraph, in the way of a report.
const PROSE: [&str; 4] = [
    "Sáng 14/3/2023, Sở Văn hóa tỉnh Sông Quê tổ chức hội",
    "nghị tổng kết công tác bảo tồn di sản giai đoạn 2021-",
    "2025, có đồng chí Lường Quý Ngọ dự. Hội nghị được nối",
    "tới 12 điểm cầu.",
];
const JOINED: &str = "Sáng 14/3/2023, Sở Văn hóa tỉnh Sông Quê tổ chức hội nghị tổng kết công tác bảo tồn di sản giai đoạn \
    2021-2025, có đồng chí Lường Quý Ngọ dự. Hội nghị được nối tới 12 điểm cầu.";

#[test]
fn lines_become_paragraphs_items_and_rows() {
    let [one, two, three, four] = PROSE;
    for (what, drawn, reads) in [
        ("a short line ends one", lines(50.0, 100.0, &[&PROSE[..], &PROSE[..]].concat()), format!("{JOINED}\n\n{JOINED}")),
        (
            "a first line set in begins one",
            at(70.0, 100.0, 10.0, "Hội nghị có 12 điểm cầu ở khắp các huyện của tỉnh.")
                + &at(70.0, 114.0, 10.0, one)
                + &lines(50.0, 128.0, &[two, three, four]),
            format!("Hội nghị có 12 điểm cầu ở khắp các huyện của tỉnh.\n\n{JOINED}"),
        ),
        (
            "a wide gap and larger letters part them",
            at(50.0, 80.0, 14.0, "TIN TRONG NGÀY") + &at(50.0, 100.0, 10.0, one) + &at(50.0, 130.0, 10.0, one),
            format!("TIN TRONG NGÀY\n\n{one}\n\n{one}"),
        ),
        (
            "a heading in the middle, of two lines",
            at(52.0, 80.0, 10.0, "KẾT QUẢ CÔNG TÁC THÔNG TIN ĐỐI NGOẠI NĂM 2022 CỦA T")
                + &at(150.0, 94.0, 10.0, "TỈNH SÔNG QUÊ")
                + &lines(50.0, 130.0, &PROSE),
            format!("KẾT QUẢ CÔNG TÁC THÔNG TIN ĐỐI NGOẠI NĂM 2022 CỦA T TỈNH SÔNG QUÊ\n\n{JOINED}"),
        ),
        (
            "items",
            at(50.0, 100.0, 10.0, "Hội nghị yêu cầu các sở, ngành, địa phương trong tỉnh:")
                + &at(60.0, 114.0, 10.0, "\u{f0b7}")
                + &lines(75.0, 114.0, &["Rà soát, lập hồ sơ xếp hạng các di tích trên địa", "bàn tỉnh;"])
                + &at(60.0, 142.0, 10.0, "• Kiểm tra.")
                + &at(50.0, 160.0, 10.0, "Hội nghị kết thúc."),
            "Hội nghị yêu cầu các sở, ngành, địa phương trong tỉnh:\n\n- Rà soát, lập hồ sơ xếp hạng các di tích trên địa bàn \
             tỉnh;\n- Kiểm tra.\n\nHội nghị kết thúc."
                .to_owned(),
        ),
        (
            "rows",
            at(50.0, 100.0, 10.0, "Huyện")
                + &at(200.0, 100.0, 10.0, "Số lớp")
                + &at(50.0, 114.0, 10.0, "Bình Hạ")
                + &at(200.0, 114.0, 10.0, "12"),
            "Huyện | Số lớp\nBình Hạ | 12".to_owned(),
        ),
        (
            "a line stretched to the margin is no row",
            at(50.0, 100.0, 10.0, "Kết") + &at(115.0, 100.0, 10.0, "quả") + &at(180.0, 100.0, 10.0, "khác"),
            "Kết quả khác".to_owned(),
        ),
        (
            "columns, below a line across both",
            at(50.0, 80.0, 10.0, &"Tin ".repeat(25))
                + &lines(50.0, 100.0, &PROSE)
                + &lines(50.0, 156.0, &PROSE)
                + &lines(330.0, 105.0, &PROSE)
                + &lines(330.0, 161.0, &PROSE),
            format!("{}\n\n{JOINED}\n\n{JOINED}\n\n{JOINED}\n\n{JOINED}", "Tin ".repeat(25).trim_end()),
        ),
    ] {
        assert_eq!(text(&[drawn]), reads, "{what}");
    }
}

#[test]
fn what_stands_on_every_page_is_no_part_of_the_text() {
    let [one, two, three, four] = PROSE;
    let page = |number: usize, body: &str| {
        at(50.0, 40.0, 8.0, "Bản tin Sông Quê") + body + &at(290.0, 780.0, 8.0, &format!("- {number} -"))
    };
    let pages = [page(1, &lines(50.0, 100.0, &[one, two])), page(2, &lines(50.0, 100.0, &[three, four]))];
    assert_eq!(text(&pages), JOINED, "a paragraph goes on on the next page");
    let pages = [lines(50.0, 100.0, &PROSE), lines(50.0, 100.0, &PROSE) + &at(300.0, 700.0, 10.0, "2")];
    assert_eq!(text(&pages), format!("{JOINED}\n\n{JOINED}"), "what runs on is no header, even if it is there twice");
    let printed = at(30.0, 20.0, 8.0, "11/22/26, 8:05 AM")
        + &at(200.0, 20.0, 8.0, "Tin")
        + &lines(50.0, 100.0, &PROSE)
        + &at(30.0, 790.0, 8.0, "https://example.org/tin/12")
        + &at(570.0, 790.0, 8.0, "1/1");
    assert_eq!(text(&[printed]), JOINED, "what browsers print around a page");
    let marked = |tag: &str, drawn: &str| format!("{tag} BDC {drawn} EMC\n");
    let marks = marked("/Artifact << /Type /Pagination >>", &at(50.0, 40.0, 10.0, "Lưu hành nội bộ"))
        + &marked(&format!("/Span << /ActualText <feff{}> >>", &hex("fi")[1..5]), &at(50.0, 100.0, 10.0, "?"))
        + &marked(
            &format!("/Span << /ActualText <feff{}>>>", hex("lm").trim_matches(['<', '>'])),
            &at(55.0, 100.0, 10.0, "??"),
        );
    assert_eq!(text(&[marks]), "flm", "what the file says of its own parts");
}

#[test]
fn a_page_is_read_as_one_holds_it() {
    let turned = |x: f64, y: f64, words: &str| format!("BT /F 10 Tf 0 1 -1 0 {x} {y} Tm {} Tj ET\n", hex(words));
    let sideways = turned(100.0, 100.0, "Một dòng") + &turned(114.0, 100.0, "và một dòng nữa");
    for (more, what) in [("", "drawn sideways"), ("/Rotate 90", "and turned again by the page")] {
        let read = read(&Pdf::new().page(&sideways, more).bytes());
        assert_eq!(read.text, "Một dòng và một dòng nữa", "{what}");
    }
    let stamp = format!("BT /F 40 Tf 0.7 0.7 -0.7 0.7 100 300 Tm {} Tj ET\n", hex("BẢN SAO"));
    assert_eq!(text(&[lines(50.0, 100.0, &PROSE) + &stamp]), JOINED, "a stamp aslant");
}

#[test]
fn a_title_counts_if_the_text_says_it_too() {
    let page = lines(50.0, 100.0, &["TỈNH SÔNG QUÊ", "Hội nghị tổng kết", PROSE[0]]);
    for (title, reads) in [("Hội nghị  tổng kết", "Hội nghị tổng kết"), ("Microsoft Word - Document1", "TỈNH SÔNG QUÊ")]
    {
        let mut pdf = Pdf::new().page(&page, "");
        pdf.info = format!("/Title <feff{}>", hex(title).trim_matches(['<', '>']));
        assert_eq!(read(&pdf.bytes()).title, reads);
    }
}

/// Made by the programs that make most PDFs, with two pages, two columns, and Vietnamese letters from a second font.
#[test]
fn files_of_common_programs_say_what_their_text_says() {
    let folder = documents::root().join("tests/extract/pdf");
    let expected = std::fs::read_to_string(folder.join("expected.txt")).unwrap();
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    assert!(files.len() >= 4, "{files:?}");
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        if path.ends_with("locked.pdf") {
            let told = document::read("a.pdf", &bytes).unwrap_err().to_string();
            assert!(told.contains("password"), "{told}");
            continue;
        }
        assert_eq!(read(&bytes).text.trim(), expected.trim(), "{}", path.display());
        // Cut short or changed anywhere, a file is read or refused, and soon.
        for step in 1..8 {
            let at = bytes.len() * step / 8;
            let mut changed = bytes.clone();
            changed[at] ^= 0x15;
            for damaged in [&bytes[..at], &changed] {
                let started = Instant::now();
                let _ = document::read("a.pdf", damaged);
                assert!(started.elapsed() < Duration::from_secs(20), "{} at {at}", path.display());
            }
        }
    }
}

#[test]
fn what_is_no_text_is_refused_with_its_reason() {
    let nameless = at(50.0, 100.0, 10.0, "Một hai ba").replace("/F", "/N");
    for (bytes, says) in [
        (Vec::new(), "no PDF"),
        (b"%PDF-1.7".to_vec(), "pdftotext"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>".to_vec(), "broken"),
        (Pdf::of(&[]), "without text"),
        (Pdf::of(&["0 0 600 800 re f".to_owned()]), "without text"),
        (Pdf::of(&[nameless]), "which letters"),
        (vec![b'%'; 16 * 1024 * 1024 + 1], "16 MiB"),
    ] {
        let told = document::read("a.pdf", &bytes).expect_err(says).to_string();
        assert!(told.contains(says), "{says}: {told}");
    }
}
