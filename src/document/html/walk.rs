//! From a page's elements to its text. Nothing here calls itself: pages may be nested as deeply as they like.

use dom_query::{Document, NodeRef};

use crate::document::blocks::Blocks;

/// Where a walk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Before what is in a node.
    Enter,
    /// Behind it.
    Leave,
}

/// Goes through all that is in `root`, in order. What `see` answers to `Enter` says whether to look inside.
pub fn visit<'a>(root: &NodeRef<'a>, see: &mut dyn FnMut(Event, &NodeRef<'a>) -> bool) {
    let mut node = *root;
    loop {
        if see(Event::Enter, &node)
            && let Some(child) = node.first_child()
        {
            node = child;
            continue;
        }
        loop {
            see(Event::Leave, &node);
            if node.id == root.id {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
        }
    }
}

/// Stands for the end of a line while the article is looked for. A private character, which no text uses.
const LINE_END: char = '\u{e000}';

/// Makes single `<br>` characters: the reader drops some of them and glues the words on both sides together. Two or more
/// in a row it takes for the end of a paragraph, as they are meant.
pub fn keep_line_ends(page: &Document) {
    let is_br = |node: Option<NodeRef>| node.is_some_and(|node| node.has_name("br"));
    let is_blank = |node: &NodeRef| node.is_text() && node.text().trim().is_empty();
    let mut single = Vec::new();
    for node in page.select("br").nodes() {
        let mut next = node.next_sibling();
        while let Some(blank) = next.filter(is_blank) {
            next = blank.next_sibling();
        }
        let mut before = node.prev_sibling();
        while let Some(blank) = before.filter(is_blank) {
            before = blank.prev_sibling();
        }
        if !is_br(next) && !is_br(before) {
            single.push(*node);
        }
    }
    for node in single {
        node.replace_with(&page.tree.new_text(LINE_END.to_string()));
    }
}

/// Elements whose words are no part of a text.
const LEFT_OUT: [&str; 20] = [
    "audio", "button", "canvas", "datalist", "footer", "head", "iframe", "math", "nav", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title", "track", "video",
];
/// Elements within a line; every other begins one of its own.
const INLINE: [&str; 38] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "output", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "source", "span", "strike", "strong", "sub", "sup", "time", "u",
];

/// The text of a page, or of a part of one.
pub fn text(page: &Document) -> String {
    let mut blocks = Blocks::default();
    // How many lists are open, each with its next number if it has any.
    let mut lists: Vec<Option<u32>> = Vec::new();
    let mut verbatim = 0_usize;
    visit(&page.root(), &mut |event, node| {
        let entering = event == Event::Enter;
        if node.is_text() {
            if entering {
                let words = node.text();
                lines(&mut blocks, &words, verbatim > 0);
            }
            return false;
        }
        let Some(name) = node.node_name().filter(|_| node.is_element()) else { return !node.is_comment() };
        match (&*name, entering) {
            (name, _) if LEFT_OUT.contains(&name) => return false,
            (name, _) if INLINE.contains(&name) || name == "wbr" => {}
            ("br", true) => blocks.line(),
            ("br", false) => {}
            ("pre", _) => {
                blocks.block();
                verbatim = if entering { verbatim + 1 } else { verbatim.saturating_sub(1) };
            }
            ("ul" | "menu", true) => {
                blocks.list();
                lists.push(None);
            }
            ("ol", true) => {
                blocks.list();
                lists.push(Some(node.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1)));
            }
            ("ul" | "menu" | "ol", false) => {
                blocks.list();
                lists.pop();
            }
            ("li", true) => {
                let marker = match lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        *number = number.saturating_add(1);
                        marker
                    }
                    _ => "- ".to_owned(),
                };
                blocks.item(&marker);
            }
            ("li", false) => blocks.end_item(),
            ("tr", true) => blocks.row(),
            ("tr", false) => blocks.end_row(),
            ("td" | "th", true) => blocks.cell(),
            ("td" | "th", false) => blocks.end_cell(),
            _ => blocks.block(),
        }
        true
    });
    blocks.finish()
}

/// Words of one text node; its line ends count in `<pre>` only.
fn lines(blocks: &mut Blocks, words: &str, verbatim: bool) {
    for (number, line) in words.split(|c| c == LINE_END || verbatim && c == '\n').enumerate() {
        if number > 0 {
            blocks.line();
        }
        if verbatim { blocks.verbatim(line) } else { blocks.flowing(line) }
    }
}
