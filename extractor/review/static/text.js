// The text with everything that was read marked in place.

const sheet = (() => {
  const pane = byId("text");
  let segments = []; // { start, end, node } in text order
  let marks = new Map(); // id of a figure or time → its mark
  let at = 0; // the mark that the Tab key reaches

  const GLYPHS = { facility: "■", deal: "●", forecast: "▲", unexplained: "?", conflict: "✕" };

  // Layers of the text in code points; where they overlap, the first one decides how a place looks.
  function layers(doc) {
    const figures = new Map(doc.figures.map((figure) => [figure.id, figure]));
    const loose = doc.dismissed.filter((each) => !each.figure || !figures.has(each.figure));
    return [
      ...doc.figures.map((figure) => ({ ...figure, layer: "figure" })),
      ...doc.times.map((time) => ({ ...time, layer: "time" })),
      ...loose.map((each) => ({ ...each, layer: "dismissed" })),
      ...doc.furniture.map(([start, end]) => ({ start, end, layer: "furniture" })),
      ...doc.slots.filter((slot) => slot.span).map(({ span: [start, end] }) => ({ start, end, layer: "words" })),
      ...doc.records.flatMap((record) => record.key.evidence.map(({ start, end }) => ({ start, end, layer: "evidence" }))),
    ];
  }

  // The text cut at every border of a layer: [start, end, layers over it] in indexes of the string.
  function* cut(doc) {
    const opening = new Map();
    const closing = new Map();
    const put = (map, index, layer) => map.set(index, [...(map.get(index) ?? []), layer]);
    for (const layer of layers(doc)) {
      const [start, end] = [doc.index(layer.start), doc.index(layer.end)];
      if (start >= end) continue;
      put(opening, start, layer);
      put(closing, end, layer);
    }
    const borders = [...new Set([0, doc.text.length, ...opening.keys(), ...closing.keys()])].sort((a, b) => a - b);
    const over = new Set();
    for (let i = 0; i + 1 < borders.length; i += 1) {
      for (const layer of closing.get(borders[i]) ?? []) over.delete(layer);
      for (const layer of opening.get(borders[i]) ?? []) over.add(layer);
      yield [borders[i], borders[i + 1], over];
    }
  }

  function markFor(doc, layer, label) {
    const used = doc.slotsOf.get(layer.id) ?? [];
    const types = [...new Set(used.map((slot) => slot.record.key.type))];
    const state = layer.layer === "time" ? "time" : layer.state;
    const look = types[0] ?? (state === "used" ? "elsewhere" : state);
    const conflict = doc.conflicting.has(layer.id);
    const glyphs = [...types.map((type) => GLYPHS[type]), state === "unexplained" && GLYPHS.unexplained, conflict && GLYPHS.conflict];
    const node = make("mark", {
      class: `${layer.layer} ${look}${conflict ? " conflict" : ""}`,
      role: "button",
      tabindex: -1,
      "aria-label": label,
      data: { id: layer.id, glyphs: layer.layer === "time" ? "" : glyphs.filter(Boolean).join("") },
    });
    if (!marks.has(layer.id)) marks.set(layer.id, node); // a time around a figure has two
    return node;
  }

  // Blank lines of a page are many; more than one tells nothing.
  const narrowed = (text) => text.replace(/[ \t\u00a0]*\n(?:[ \t\u00a0]*\n){2,}/g, "\n\n");

  function show(doc, labelOf) {
    segments = [];
    marks = new Map();
    at = 0;
    const content = document.createDocumentFragment();
    let open = null;
    for (const [start, end, over] of cut(doc)) {
      const found = (name) => [...over].find((layer) => layer.layer === name);
      const marked = found("figure") ?? found("time");
      const node = make("span", { class: found("furniture") && !marked ? "furniture" : null }, ...shownText(narrowed(doc.text.slice(start, end))));
      const gone = marked ? null : found("dismissed");
      if (gone) {
        node.classList.add("dismissed");
        node.title = `not a figure: ${gone.reason}`;
      }
      segments.push({ start, end, node });
      if (marked) {
        if (open?.layer !== marked) {
          open = { layer: marked, node: markFor(doc, marked, labelOf(marked)) };
          content.append(open.node);
        }
        open.node.append(node);
      } else {
        open = null;
        content.append(node);
      }
    }
    pane.replaceChildren(content);
    pane.scrollTop = 0;
    const first = pane.querySelector("mark");
    if (first) first.tabIndex = 0;
    pane.classList.toggle("without", !doc.text);
    if (!doc.text) pane.textContent = "The results were written without their texts (--no-text), so there is nothing to show or to correct.";
  }

  // Lights the passages [start, end] in code points, and brings the first into view.
  function light(doc, spans, { scroll = false, kind = "lit" } = {}) {
    const ranges = spans.map(([start, end]) => [doc.index(start), doc.index(end)]);
    let first = null;
    for (const { start, end, node } of segments) {
      const lit = ranges.some(([from, to]) => start < to && end > from);
      node.classList.toggle(kind, lit);
      if (lit && !first) first = node;
    }
    if (scroll && first) reveal(first, pane, { smooth: true });
  }

  function dark() {
    for (const { node } of segments) node.classList.remove("lit", "passage");
  }

  const all = () => [...pane.querySelectorAll("mark")];

  function focus(node) {
    const list = all();
    for (const each of list) each.tabIndex = -1;
    at = Math.max(0, list.indexOf(node));
    node.tabIndex = 0;
    node.focus({ preventScroll: true });
    reveal(node, pane);
  }

  function step(by) {
    const list = all();
    const now = list.indexOf(document.activeElement);
    const next = list[Math.max(0, Math.min(list.length - 1, (now < 0 ? at : now + by)))];
    if (next) focus(next);
  }

  // The words that a person searches for, painted where the browser can do that without changing the text.
  function hits(words) {
    if (!globalThis.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("hit");
    if (!words.length) return;
    const ranges = [];
    const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.toLowerCase();
      for (const word of words) {
        for (let index = text.indexOf(word); index >= 0; index = text.indexOf(word, index + word.length)) {
          if (text.length !== node.data.length) break; // lower case of some letters is longer
          const range = new Range();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("hit", new Highlight(...ranges));
  }

  return { show, light, dark, focus, step, hits, pane, GLYPHS, mark: (id) => marks.get(id) };
})();
