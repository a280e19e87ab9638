// The table of errors as a page: docs/errors.md, as the server has it.
import MarkdownIt from 'markdown-it';
import './errors.css';

const text = await (await fetch('errors.md')).text();
const main = document.getElementById('errors');
main.innerHTML = new MarkdownIt().render(text);
// Wide tables scroll by themselves; links to files of the repository lead nowhere from here.
for (const table of main.querySelectorAll('table')) {
  const frame = document.createElement('div');
  frame.className = 'wide';
  frame.tabIndex = 0;
  table.replaceWith(frame);
  frame.append(table);
}
for (const link of main.querySelectorAll('a[href^=".."]')) link.replaceWith(...link.childNodes);
// So that `errors#TIMEOUT` leads to its row.
for (const code of main.querySelectorAll('td:first-child code')) code.closest('tr').id = code.textContent;
document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
