// The queue: all documents, those that most want a look first; filtered, searched, drawn as far as it is scrolled.

const queue = (() => {
  const list = byId("list");
  const BATCH = 60;
  const ORDERS = {
    risk: (a, b) => b.risk - a.risk || a.number - b.number,
    given: (a, b) => a.number - b.number,
    newest: (a, b) => (b.published ?? "").localeCompare(a.published ?? "") || a.number - b.number,
    title: (a, b) => a.title.localeCompare(b.title) || a.number - b.number,
  };
  const fields = { type: byId("by-type"), verdict: byId("by-verdict"), rule: byId("by-rule"), state: byId("by-state") };
  let shown = []; // the documents that fit, in order
  let drawn = 0;
  let current = null;
  let more = null;

  function options(select, values) {
    for (const value of [...new Set(values)].sort()) select.append(make("option", { value }, spaced(value)));
  }

  function start(entries) {
    options(fields.type, entries.flatMap((each) => Object.keys(each.records)));
    options(fields.verdict, entries.flatMap((each) => Object.keys(each.verdicts)));
    options(fields.rule, entries.flatMap((each) => each.rules));
    for (const field of [...Object.values(fields), byId("order")]) field.addEventListener("change", () => update());
    let waiting = 0;
    byId("words").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => update(), 120);
    });
    byId("clear").addEventListener("click", () => {
      for (const field of Object.values(fields)) field.value = "";
      byId("words").value = "";
      update();
    });
    more = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && draw(), { root: list, rootMargin: "400px" });
    update();
  }

  const words = () => byId("words").value.toLowerCase().split(/\s+/).filter(Boolean);

  async function update() {
    const wanted = words();
    try {
      if (wanted.length) await library.loadAll();
    } catch (error) {
      desk.notice(error.message);
      return;
    }
    const [type, verdict, rule, state] = Object.values(fields).map((field) => field.value);
    const fits = (each) =>
      (!type || each.records[type]) &&
      (!verdict || each.verdicts[verdict]) &&
      (!rule || each.rules.includes(rule)) &&
      (!state || (state === "corrected" ? store.said(each.key).size > 0 : store.reviewed(each.key) === (state === "reviewed"))) &&
      wanted.every((word) => library.searchable(each).includes(word));
    shown = library.entries.filter(fits).sort(ORDERS[byId("order").value]);
    const active = [type, verdict, rule, state].filter(Boolean).length;
    byId("filtered").textContent = active || wanted.length ? `(${shown.length} of ${library.entries.length})` : "";
    byId("none").hidden = shown.length > 0;
    list.replaceChildren();
    drawn = 0;
    draw();
    sheet.hits(wanted);
  }

  function draw(upTo = drawn + BATCH) {
    const part = shown.slice(drawn, upTo);
    drawn += part.length;
    list.append(...part.map(row));
    more.disconnect();
    if (drawn < shown.length) more.observe(list.lastElementChild);
    mark();
  }

  function row(entry) {
    const count = (number, name, title) => number > 0 && make("span", { class: `count ${name}`, title: plural(number, title) }, `${number}`);
    const said = store.said(entry.key).size;
    const done = store.reviewed(entry.key);
    return make("li", {
      role: "option", id: `entry-${entry.number}`, tabindex: -1, "aria-selected": "false", class: done ? "done" : null,
      data: { number: entry.number },
      on: { click: () => open(entry, { focus: true }) },
    },
    make("span", { class: "risk", title: why(entry) }, `${entry.risk}`),
    make("span", { class: "title" }, quoted(entry.title)),
    make("span", { class: "meta" }, quoted(entry.id),
      count(entry.verdicts.conflict, "conflict", "conflict"),
      count(entry.unexplained, "unexplained", "unexplained figure"),
      count(said, "said", "correction"),
      done && make("span", { class: "count reviewed", title: "reviewed" }, "✓")));
  }

  const why = (entry) => (entry.reasons.length
    ? entry.reasons.map((each) => `${each.number} × ${each.label} (${each.points})`).join(", ")
    : "nothing to look at in particular");

  function open(entry, { focus = false } = {}) {
    current = entry;
    const index = shown.indexOf(entry);
    if (index >= drawn) draw(index + BATCH);
    mark();
    const node = byId(`entry-${entry.number}`);
    if (node && focus) node.focus({ preventScroll: true });
    if (node) reveal(node, list);
    return desk.open(entry);
  }

  function mark() {
    for (const each of list.querySelectorAll("[aria-selected='true'], [tabindex='0']")) {
      each.setAttribute("aria-selected", "false");
      each.tabIndex = -1;
    }
    const node = (current && byId(`entry-${current.number}`)) ?? list.firstElementChild;
    if (!node) return;
    node.tabIndex = 0;
    if (current && node.id === `entry-${current.number}`) node.setAttribute("aria-selected", "true");
  }

  function step(by, options = {}) {
    const index = shown.indexOf(current);
    const next = shown[index < 0 ? 0 : index + by];
    if (next) open(next, options);
    return Boolean(next);
  }

  async function first() {
    await update();
    if (shown.length) open(shown[0], { focus: true });
  }

  // Draws one document's row again, as when it has been reviewed.
  function refresh(entry) {
    const old = byId(`entry-${entry.number}`);
    if (!old) return;
    const focused = old === document.activeElement;
    const node = row(entry);
    old.replaceWith(node);
    mark();
    if (focused) node.focus({ preventScroll: true });
  }

  function focus() {
    (list.querySelector("[tabindex='0']") ?? list.firstElementChild)?.focus();
  }

  return { start, update, open, step, first, refresh, focus, words, why, list, shown: () => shown };
})();
