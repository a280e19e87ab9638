//! Text put together from the parts of a page: paragraphs with an empty line between them, list items and table rows
//! a line each. Web pages and Word files become text here in the same way.

/// Between the cells of a row.
const CELL: &str = " | ";
/// A row with a longer cell than this, in bytes, lays text out rather than comparing values.
const LONG_CELL: usize = 400;

/// What stands before the next words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    #[default]
    None,
    Space,
    Line,
    Blank,
}

/// One run of blocks: the page, or a cell in it.
#[derive(Debug, Default)]
struct Run {
    text: String,
    before: Break,
    marker: Option<String>,
    in_list: bool,
}

impl Run {
    fn write(&mut self, words: &str) {
        if !self.text.is_empty() {
            self.text.push_str(match self.before {
                Break::None => "",
                Break::Space => " ",
                Break::Line => "\n",
                Break::Blank => "\n\n",
            });
        }
        self.before = Break::None;
        if let Some(marker) = self.marker.take() {
            self.text.push_str(&marker);
        }
        self.text.push_str(words);
    }

    fn at_least(&mut self, before: Break) {
        self.before = self.before.max(before);
    }
}

/// A page in the making.
#[derive(Debug, Default)]
pub struct Blocks {
    page: Run,
    // Cells that are open, the innermost last.
    cells: Vec<Run>,
    // Rows that are open, each with its cells that are done.
    rows: Vec<Vec<String>>,
}

impl Blocks {
    fn run(&mut self) -> &mut Run {
        self.cells.last_mut().unwrap_or(&mut self.page)
    }

    /// Words as they are.
    pub fn verbatim(&mut self, words: &str) {
        if !words.is_empty() {
            self.run().write(words);
        }
    }

    /// Words in which any run of white space, line ends too, is one space; non-breaking spaces are none.
    pub fn flowing(&mut self, words: &str) {
        let is_space = |c: char| c.is_ascii_whitespace();
        let run = self.run();
        if words.starts_with(is_space) {
            run.at_least(Break::Space);
        }
        for word in words.split(is_space).filter(|word| !word.is_empty()) {
            run.write(word);
            run.at_least(Break::Space);
        }
        if !words.ends_with(is_space) && run.before == Break::Space && !words.is_empty() {
            run.before = Break::None;
        }
    }

    /// A line ends here, its paragraph does not.
    pub fn line(&mut self) {
        let run = self.run();
        // Two in a row are how pages that know no paragraphs end one.
        let before = if run.before >= Break::Line { Break::Blank } else { Break::Line };
        run.at_least(before);
    }

    /// A block begins or ends here.
    pub fn block(&mut self) {
        let run = self.run();
        // A paragraph that opens an item belongs behind its marker.
        if run.marker.is_none() {
            run.at_least(Break::Blank);
        }
    }

    /// A list begins or ends here.
    pub fn list(&mut self) {
        self.block();
        self.run().in_list = false;
    }

    /// An item begins here, and `marker` stands before its words.
    pub fn item(&mut self, marker: &str) {
        let run = self.run();
        run.before = if run.in_list { Break::Line } else { Break::Blank };
        run.in_list = true;
        run.marker = Some(marker.to_owned());
    }

    /// An item ends here; one without words leaves nothing.
    pub fn end_item(&mut self) {
        let run = self.run();
        run.marker = None;
        run.at_least(Break::Blank);
    }

    /// A row of a table begins here.
    pub fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// A cell begins here.
    pub fn cell(&mut self) {
        self.cells.push(Run::default());
    }

    /// A cell ends here.
    pub fn end_cell(&mut self) {
        if let Some(cell) = self.cells.pop() {
            match self.rows.last_mut() {
                Some(row) => row.push(cell.text),
                None => self.paragraph(&cell.text),
            }
        }
    }

    /// A row ends here: a line of its cells, or, where it lays text out, its cells one below the other.
    pub fn end_row(&mut self) {
        let cells: Vec<String> = self.rows.pop().unwrap_or_default();
        let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        if cells.len() < 2 || cells.iter().any(|cell| cell.len() > LONG_CELL) {
            for cell in cells {
                self.paragraph(cell);
            }
            return;
        }
        let line = cells.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
        let line = line.collect::<Vec<_>>().join(CELL);
        self.run().at_least(Break::Line);
        self.run().write(&line);
        self.run().at_least(Break::Line);
    }

    /// A block of its own.
    pub fn paragraph(&mut self, text: &str) {
        self.block();
        self.verbatim(text.trim());
        self.block();
    }

    /// The page; what is still open ends with it.
    pub fn finish(mut self) -> String {
        while !self.cells.is_empty() {
            self.end_cell();
        }
        while !self.rows.is_empty() {
            self.end_row();
        }
        self.page.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_items_and_rows() {
        let mut page = Blocks::default();
        page.flowing(" Một \n hai");
        page.flowing("ba");
        page.flowing(" \n");
        page.flowing("bốn");
        page.line();
        page.flowing("năm");
        page.list();
        for words in ["sáu", "", "bảy"] {
            page.item("- ");
            page.block();
            page.flowing(words);
            page.block();
            page.end_item();
        }
        page.list();
        for row in [&["a", "b\n\nc", ""][..], &["d", "e"], &["", "caption"]] {
            page.row();
            for cell in row {
                page.cell();
                page.paragraph(cell);
                page.end_cell();
            }
            page.end_row();
        }
        page.cell();
        page.flowing("left open");
        let expected = "Một haiba bốn\nnăm\n\n- sáu\n- bảy\n\na | b c\nd | e\n\ncaption\n\nleft open";
        assert_eq!(page.finish(), expected);
    }
}
