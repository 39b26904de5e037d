// Elements. Strings of documents only ever become text or attribute values, never markup.

const byId = (id) => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Characters that would reorder or break the line they stand in are shown by their number instead.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

function shownText(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(CONTROL)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    const code = `U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    parts.push(make("span", { class: "control", data: { code }, title: `control character ${code}` }));
    from = match.index + 1;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

// Words of a document inside a sentence of the page: they keep their own direction.
const quoted = (text, attributes = {}) => make("bdi", attributes, ...shownText(text));

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const spaced = (name) => name.replaceAll("_", " ");

// Brings a node into the view of the pane that scrolls it; only as far as needed, and not at all where it is.
// Where the window scrolls instead, the text stays at its top and covers what is behind it.
function reveal(node, pane, { smooth = false } = {}) {
  const box = node.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const scrolls = pane.scrollHeight > pane.clientHeight + 1;
  const source = byId("source");
  const cover = !scrolls && getComputedStyle(source).position === "sticky" ? source.getBoundingClientRect().bottom : 0;
  const top = scrolls ? Math.max(frame.top, 0) : cover;
  const bottom = scrolls ? Math.min(frame.bottom, innerHeight) : innerHeight;
  if (box.top >= top + 8 && box.bottom <= bottom - 8) return;
  const still = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
  const by = box.top - top - (bottom - top - Math.min(box.height, bottom - top)) / 3;
  (scrolls ? pane : window).scrollBy({ top: by, behavior: still ? "instant" : "smooth" });
}
