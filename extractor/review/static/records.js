// The records of a document: a card each, a row for each slot or list element, a button for each slot.

const cards = (() => {
  const pane = byId("records");
  const GLYPH = { accept: "✓", reject: "✗", edit: "✎" };
  const TOLD = { accept: "accepted", reject: "rejected", edit: "edited" };
  let current = null; // the slot at hand
  let nodes = new Map(); // slot → its button

  // The slots of a record as the page works with them, with what a correction needs to name them.
  function* slotsOf(record, model) {
    yield { record, name: null, row: null, model: null, was: null, text: record.name };
    for (const row of record.rows) {
      const listed = Object.keys(row.parts).some((part) => model[slotName(row.field, part)].listed);
      const anchor = listed ? Object.keys(row.parts).find((part) => model[slotName(row.field, part)].anchor) : null;
      const item = listed ? row.parts[anchor].was : null;
      const inner = Object.keys(model).filter((name) => name.split(".")[0] === row.field);
      for (const name of inner) {
        const filled = row.parts[name.split(".")[1] ?? ""];
        yield {
          record, name, row, item, model: model[name], nth: listed ? row.nth : 0,
          was: filled?.was ?? null, ref: filled?.ref, span: filled?.span, derived: filled?.derived,
          text: filled ? (filled.words ?? told(filled.was, model[name])) : null,
        };
      }
    }
  }

  const slotName = (field, part) => (part ? `${field}.${part}` : field);

  // A slot that is empty, or a new element of a list: something to fill.
  const gap = (record, name, model) => ({ record, name, row: null, model, item: null, nth: 0, was: null, text: null, adds: model.listed });

  const countries = new Intl.DisplayNames("en", { type: "region" });

  function told(value, model) {
    if (typeof value !== "string") return value.text;
    if (model.label === "country") return `${countries.of(value)} (${value})`;
    return model.takes === "choice" ? spaced(value) : value;
  }

  function correction(doc, slot, action, value) {
    const { key } = slot.record;
    const said = { version: 1, doc_id: doc.id, text_sha256: doc.key, record: key, slot: slot.name, item: slot.item ?? null, nth: slot.nth ?? 0, was: slot.was, action };
    if (value !== undefined) said.value = value;
    if (slot.adds) said.adds = true;
    return said;
  }

  const said = (doc, slot) => slot.added ?? doc.told.bySlot.get(slot);

  // The list elements that the person has added to a record.
  const addedTo = (doc, record) => doc.told.added
    .filter((each) => each.record === record)
    .map((each) => ({ ...gap(record, each.said.slot, library.slots[record.key.type][each.said.slot]), added: each.said }));

  function valueWords(doc, value, model) {
    if (typeof value === "string") return told(value, model);
    const list = model.takes === "figure" ? doc.figures : doc.times;
    return list.find(({ start, end }) => start === value.start && end === value.end)?.words ?? value.text;
  }

  function slotButton(doc, slot) {
    const about = said(doc, slot);
    const empty = slot.text === null;
    const content = [];
    if (empty) content.push(`+ ${slot.model.part}`);
    else if (about?.action === "edit") content.push(make("s", {}, quoted(slot.text)), " ", quoted(valueWords(doc, about.value, slot.model)));
    else if (about?.action === "reject") content.push(make("s", {}, quoted(slot.text)));
    else content.push(quoted(slot.text));
    if (empty && about) content.splice(0, 1, quoted(valueWords(doc, about.value, slot.model)));
    const state = about ? TOLD[about.action] : empty ? "empty" : "open";
    const node = make("button", {
      type: "button",
      class: `slot ${slot.model.takes} ${state}`,
      tabindex: -1,
      "aria-label": `${label(slot)}: ${slot.text ?? "nothing"}${about ? `, ${TOLD[about.action]}${about.value ? ` to ${valueWords(doc, about.value, slot.model)}` : ""}` : ""}`,
      data: slot.ref ? { ref: slot.ref } : {},
    }, ...content);
    if (about) node.append(make("span", { class: "told", "aria-hidden": "true" }, GLYPH[about.action]));
    return register(slot, node);
  }

  function register(slot, node) {
    nodes.set(slot, node);
    node.addEventListener("focus", () => desk.atSlot(slot, { scroll: true }));
    node.addEventListener("mouseenter", () => desk.overSlot(slot));
    node.addEventListener("mouseleave", () => desk.overSlot(null));
    node.addEventListener("click", () => focus(slot));
    return node;
  }

  const label = (slot) => (slot.model ? [slot.model.label, slot.model.part].filter(Boolean).join(" ") : "record");

  function actions(slot) {
    const button = (action, name, key) => make("button", {
      type: "button", class: action, tabindex: -1, title: `${name} (${key})`, "aria-label": `${name} ${label(slot)}`,
      on: { click: () => desk.act(action, current && current.row && current.row === slot.row ? current : slot) },
    }, GLYPH[action]);
    return make("span", { class: "actions" }, button("accept", "accept", "a"), button("reject", "reject", "r"), slot.model && button("edit", "edit", "e"));
  }

  function row(doc, slots) {
    const main = slots.find((slot) => slot.model.anchor) ?? slots[0];
    const alike = (a, b) => a.replace(/\s/g, "") === b.replace(/\s/g, "");
    const parts = [...slots.filter((slot) => slot.text !== null), ...slots.filter((slot) => slot.text === null)];
    const source = typeof main.was === "object" && main.was !== null && main.ref
      ? make("span", { class: "source" }, make("b", {}, main.ref), " ", !alike(main.was.text, main.text) && quoted(main.was.text.replace(/\s+/g, " ")), main.derived && make("i", { title: "computed, not in the text" }, ` ≈ ${main.derived}`))
      : null;
    const node = make("div", { class: `row${main.text === null ? " gap" : ""}` },
      make("span", { class: "label" }, main.model.label),
      make("span", { class: "value" }, make("span", { class: "parts" }, parts.map((slot) => slotButton(doc, slot))), source),
      doc.key && actions(main));
    return node;
  }

  function card(doc, record, mine) {
    const [head, ...rest] = mine;
    const { type } = record.key;
    const about = said(doc, head);
    const title = make("button", { type: "button", class: "slot name", tabindex: -1, "aria-label": `${type} ${record.name ?? ""} ${about ? TOLD[about.action] : ""}` },
      make("span", { class: "glyph", "aria-hidden": "true" }, sheet.GLYPHS[type]), " ", quoted(heading(record) ?? "without a name"),
      about && make("span", { class: "told", "aria-hidden": "true" }, GLYPH[about.action]));
    register(head, title);
    const rows = new Map();
    for (const slot of rest) rows.set(slot.row, [...(rows.get(slot.row) ?? []), slot]);
    const filled = [...record.gaps.filter((slot) => !slot.adds && said(doc, slot)), ...addedTo(doc, record)];
    const node = make("section", { class: `card ${type}${about?.action === "reject" ? " gone" : ""}`, data: { record: record.id } },
      make("header", {}, make("h3", {}, title), make("span", { class: "id" }, record.id), doc.key && actions(head)),
      [...rows.values()].map((slots) => row(doc, slots)),
      filled.map((slot) => row(doc, [slot])),
      doc.key && adder(doc, record));
    return node;
  }

  function heading(record) {
    const held = (field) => record.rows.find((each) => each.field === field)?.parts[""]?.was;
    const first = { deal: held("kind"), forecast: held("metric") }[record.key.type];
    if (!first) return held("name") ?? held("operator");
    return [spaced(first), record.name].filter(Boolean).join(" · ");
  }

  // What a record has no slot for yet.
  function adder(doc, record) {
    const free = record.gaps.filter((slot) => slot.adds || !said(doc, slot));
    const choose = make("select", { class: "add", "aria-label": `add a slot to ${record.id}`, tabindex: -1,
      on: { change: (event) => { const slot = free[event.target.value]; event.target.selectedIndex = 0; desk.edit(slot); } } },
    make("option", { value: "" }, "add a slot …"),
    free.map((slot, number) => make("option", { value: number }, label(slot))));
    return make("p", { class: "adding" }, choose);
  }

  function show(doc) {
    nodes = new Map();
    current = null;
    pane.replaceChildren(...doc.records.map((record) => card(doc, record, doc.slots.filter((slot) => slot.record === record))));
    if (!doc.records.length) pane.append(make("p", { class: "nothing" }, "No records."));
    reachable(doc.slots[0]);
  }

  // Draws one card again after something was said about it, and keeps the focus where it was.
  function refresh(doc, record) {
    const old = pane.querySelector(`[data-record="${CSS.escape(record.id)}"]`);
    const focused = old.contains(document.activeElement);
    const mine = doc.slots.filter((slot) => slot.record === record);
    old.replaceWith(card(doc, record, mine));
    if (current && current.record === record) {
      const node = nodes.get(current);
      if (node?.isConnected) {
        reachable(current);
        if (focused) node.focus({ preventScroll: true });
      }
    }
  }

  // The Tab key reaches one slot, and in its row what can be done about it.
  function reachable(slot) {
    for (const each of pane.querySelectorAll("[tabindex='0']")) each.tabIndex = -1;
    const node = nodes.get(slot);
    if (!node) return;
    node.tabIndex = 0;
    const around = node.closest(".row, header");
    for (const each of around.querySelectorAll(".actions button")) each.tabIndex = 0;
    for (const each of node.closest(".card").querySelectorAll("select.add")) each.tabIndex = 0;
    for (const each of pane.querySelectorAll(".at")) each.classList.remove("at");
    around.classList.add("at");
  }

  function at(slot) {
    current = slot;
    reachable(slot);
  }

  function focus(slot) {
    const node = nodes.get(slot);
    if (!node) return;
    at(slot);
    if (document.activeElement === node) desk.atSlot(slot, { scroll: true });
    else node.focus({ preventScroll: true });
    reveal(node.closest(".row, header"), byId("findings"));
  }

  // Slots in the order in which they stand on the page.
  const inOrder = () => [...nodes].filter(([, node]) => node.isConnected).sort(([, a], [, b]) => (a.compareDocumentPosition(b) & 4 ? -1 : 1)).map(([slot]) => slot);

  function step(by, skip = () => false) {
    const list = inOrder().filter((slot) => slot.text !== null || slot === current);
    let next = current ? list.indexOf(current) + by : 0;
    while (list[next] && skip(list[next])) next += by;
    if (list[next]) focus(list[next]);
    return Boolean(list[next]);
  }

  function lit(refs) {
    for (const each of pane.querySelectorAll(".slot.lit")) each.classList.remove("lit");
    for (const ref of refs) {
      for (const each of pane.querySelectorAll(`.slot[data-ref="${CSS.escape(ref)}"]`)) each.classList.add("lit");
    }
  }

  const node = (slot) => nodes.get(slot);

  return { slotsOf, gap, correction, said, show, refresh, at, focus, step, lit, label, node, valueWords, heading, pane, current: () => current, forget: () => { current = null; } };
})();
