// The desk: the document at hand, and what connects queue, text, records and corrections.

const desk = (() => {
  const { entries, slots, known } = library;
  let entry = null;
  let doc = null;

  async function open(next) {
    entry = next;
    let model;
    try {
      model = await library.load(next.number);
    } catch (error) {
      notice(error.message);
      return;
    }
    if (entry !== next) return; // another one was asked for in the meantime
    doc = library.prepared(model);
    doc.told = matching.sort(doc);
    editor.close();
    byId("document").hidden = false;
    about();
    sheet.show(doc, (layer) => describe(layer).join(", "));
    findings.show(doc);
    cards.show(doc);
    byId("findings").scrollTop = 0;
    inspect(null);
    sheet.hits(queue.words());
    document.title = `${doc.title} – review`;
    history.replaceState(null, "", `#${encodeURIComponent(doc.id)}`);
  }

  function about() {
    const [read, used, dismissed, unexplained] = doc.coverage;
    const done = store.reviewed(doc.key);
    const facts = [doc.published ?? "no publication date", `read by ${doc.drafter}`, `${read} numerals: ${used} used, ${dismissed} dismissed, ${unexplained} unexplained`];
    const { strays } = doc.told;
    byId("about").replaceChildren(...[
      make("h2", {}, quoted(doc.title)),
      make("p", { class: "facts" }, quoted(doc.id), ` · ${facts.join(" · ")}`),
      make("p", { class: "facts" }, make("b", {}, `Risk ${entry.risk}`), ` · ${queue.why(entry)}`),
      doc.key && make("button", { type: "button", id: "reviewed", "aria-pressed": String(done), on: { click: () => review({ stay: true }) } }, done ? "✓ Reviewed" : "Mark as reviewed (m)"),
      strays.length > 0 && make("p", { class: "strays" }, `${plural(strays.length, "correction")} of this text, made on other results, fit no slot here; they are kept and saved with the others. `,
        make("button", { type: "button", on: { click: () => { for (const each of strays) store.unsay(doc.key, each); doc.told = matching.sort(doc); changed(); about(); } } }, "Discard them")),
    ].filter(Boolean));
  }

  // Looking: a slot shows its source, a figure its slots, a problem its figures.

  function sourceOf(slot) {
    if (slot.span) return [slot.span];
    const placed = doc.placed.get(slot.ref);
    if (typeof slot.was === "object" && slot.was) return [[slot.was.start, slot.was.end]];
    return placed ? [[placed.start, placed.end]] : [];
  }

  function look(slot, scroll) {
    const spans = sourceOf(slot);
    const passages = slot.record.key.evidence.map(({ start, end }) => [start, end]);
    sheet.light(doc, passages, { kind: "passage", scroll: scroll && !spans.length });
    sheet.light(doc, spans, { scroll });
    cards.lit(slot.ref ? [slot.ref] : []);
    inspect(slot.ref ? doc.placed.get(slot.ref) : null);
  }

  let hovering = 0;
  function overSlot(slot) {
    clearTimeout(hovering);
    // a pointer on its way over the list should not drag the text along
    hovering = setTimeout(() => {
      if (slot) look(slot, wide());
      else if (cards.current()) look(cards.current(), false);
      else {
        sheet.dark();
        cards.lit([]);
      }
    }, 90);
  }

  const wide = () => matchMedia("(min-width: 60rem)").matches;

  function atSlot(slot, { scroll }) {
    clearTimeout(hovering);
    cards.at(slot);
    look(slot, scroll);
  }

  function atProblem(problem, { scroll = false } = {}) {
    clearTimeout(hovering);
    const spans = problem.figures.map((id) => doc.placed.get(id)).filter(Boolean).map(({ start, end }) => [start, end]);
    const records = doc.records.filter((record) => problem.records.includes(record.id));
    sheet.light(doc, spans.length ? [] : records.flatMap((record) => record.key.evidence.map(({ start, end }) => [start, end])), { kind: "passage", scroll: scroll && !spans.length });
    sheet.light(doc, spans, { scroll });
    cards.lit(problem.figures);
  }

  function atMark(id, { scroll = false } = {}) {
    const placed = doc.placed.get(id);
    sheet.dark();
    sheet.light(doc, [[placed.start, placed.end]]);
    cards.lit([id]);
    inspect(placed);
    const [first] = doc.slotsOf.get(id) ?? [];
    if (first && scroll) reveal(cards.node(first), byId("findings"));
  }

  function toSlot(id) {
    if (editor.take(id)) return;
    const used = doc.slotsOf.get(id) ?? [];
    if (used.length) cards.focus(used[(used.indexOf(cards.current()) + 1) % used.length]);
  }

  // A figure in words: what it is, and where it is used.
  function describe(placed) {
    const used = (doc.slotsOf.get(placed.id) ?? []).map((slot) => `${cards.label(slot)} of ${cards.heading(slot.record) ?? slot.record.id}`);
    const gone = doc.dismissed.find((each) => each.figure === placed.id);
    const state = gone ? `dismissed: ${gone.reason}` : placed.state === "unexplained" ? "unexplained: no record took it" : "in no slot of its own";
    return [placed.id, placed.words, placed.kind, placed.base, placed.derived, used.length ? used.join("; ") : placed.kind ? state : "in no slot"].filter(Boolean);
  }

  function inspect(placed) {
    const pane = byId("inspector");
    if (!placed) {
      pane.replaceChildren(make("span", { class: "hint" }, "A figure shows its slots, a slot its place in the text. Press ? for keys and marks."));
      return;
    }
    const [id, words, ...rest] = describe(placed);
    pane.replaceChildren(make("b", {}, id), " ", quoted(placed.text.replace(/\s+/g, " ")), " = ", make("b", {}, quoted(words)), ...rest.flatMap((part) => [" · ", quoted(part)]));
  }

  // Saying: accept, reject, edit, undo.

  function act(action, slot, { on = false } = {}) {
    if (!slot || !doc.key) return;
    if (action === "edit") {
      edit(slot);
      return;
    }
    const already = cards.said(doc, slot);
    if (action === "undo" || already?.action === action) {
      if (already) unsay(slot, already);
      return;
    }
    if (slot.was === null && slot.name !== null) return; // there is nothing to accept or reject
    say(slot, action);
    if (on) cards.step(1);
  }

  function edit(slot) {
    if (!slot.model) return;
    const node = cards.node(slot);
    const row = node?.isConnected ? node.closest(".row") : cards.pane.querySelector(`[data-record="${CSS.escape(slot.record.id)}"] .adding`);
    editor.show(doc, slot, row);
  }

  function say(slot, action, value) {
    const before = slot.adds ? undefined : cards.said(doc, slot);
    if (before) store.unsay(doc.key, before); // it may have been said about other results
    store.say(doc.key, cards.correction(doc, slot, action, value));
    told(slot.record);
    if (action === "edit" && cards.node(slot)?.isConnected) cards.focus(slot);
  }

  function unsay(slot, said) {
    store.unsay(doc.key, said);
    told(slot.record);
  }

  function told(record) {
    doc.told = matching.sort(doc);
    cards.refresh(doc, record);
    changed();
  }

  function acceptRecord() {
    const slot = cards.current();
    if (!slot || !doc.key) return;
    const open = doc.slots.filter((each) => each.record === slot.record && each.text !== null && !cards.said(doc, each));
    for (const each of open) store.say(doc.key, cards.correction(doc, each, "accept"));
    told(slot.record);
    cards.step(1, (each) => each.record === slot.record);
  }

  function review({ stay = false } = {}) {
    if (!doc?.key) return;
    const done = stay ? !store.reviewed(doc.key) : true;
    store.review(doc.key, done);
    changed();
    about();
    if (!stay) queue.step(1, { focus: queue.list.contains(document.activeElement) });
  }

  // The file of corrections.

  function changed() {
    if (entry) queue.refresh(entry);
    const count = store.count();
    const reviewed = entries.filter((each) => each.key && store.reviewed(each.key)).length;
    byId("save").disabled = !count;
    byId("save").textContent = count ? `Save ${plural(count, "correction")}` : "Save corrections";
    byId("progress").textContent = `${reviewed} of ${plural(entries.length, "document")} reviewed`;
  }

  function save() {
    const url = URL.createObjectURL(new Blob([store.toLines()], { type: "application/jsonl" }));
    make("a", { href: url, download: "corrections.jsonl" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  async function takeFile(file) {
    const adds = (each) => Boolean(slots[each.record.type]?.[each.slot]?.listed) && each.item == null;
    const { taken, elsewhere, wrong } = store.fromLines(await file.text(), known, adds);
    const parts = [`${plural(taken, "correction")} taken over`];
    if (elsewhere) parts.push(`${elsewhere} of them of documents that are not on this page; they are saved with the others`);
    if (wrong.length) parts.push(`no correction in line ${wrong.slice(0, 5).join(", ")}${wrong.length > 5 ? " …" : ""}`);
    notice(`${file.name}: ${parts.join("; ")}.`);
    await queue.update();
    if (entry) await open(entry);
    changed();
  }

  function notice(sentence) {
    byId("notice").textContent = sentence;
    byId("notice").hidden = !sentence;
  }

  function listen() {
    const markOf = (event) => event.target.closest?.("mark");
    sheet.pane.addEventListener("mouseover", (event) => markOf(event) && atMark(markOf(event).dataset.id));
    sheet.pane.addEventListener("mouseout", (event) => markOf(event) && overSlot(null));
    sheet.pane.addEventListener("focusin", (event) => markOf(event) && atMark(markOf(event).dataset.id, { scroll: true }));
    sheet.pane.addEventListener("click", (event) => {
      const mark = markOf(event);
      if (!mark || editor.take(mark.dataset.id)) return;
      sheet.focus(mark);
      atMark(mark.dataset.id, { scroll: true });
    });
    sheet.pane.addEventListener("mouseup", () => editor.takeWords(String(getSelection())));
    byId("save").addEventListener("click", save);
    byId("import").addEventListener("click", () => byId("file").click());
    byId("file").addEventListener("change", async (event) => {
      const [file] = event.target.files;
      if (file) await takeFile(file);
      event.target.value = "";
    });
  }

  function legend() {
    const glyphs = sheet.GLYPHS;
    const marks = [
      ["figure facility", glyphs.facility, "in a facility"],
      ["figure deal", glyphs.deal, "in a deal"],
      ["figure forecast", glyphs.forecast, "in a forecast"],
      ["figure unexplained", glyphs.unexplained, "unexplained: no record took it"],
      ["figure facility conflict", `${glyphs.facility}${glyphs.conflict}`, "part of a conflict"],
      ["time facility", "", "a time, in the colour of its record"],
    ];
    byId("legend").append(
      ...marks.map(([look, glyphs_, words]) => make("li", {}, make("mark", { class: look, data: { glyphs: glyphs_ } }, look.startsWith("time") ? "May 2025" : "12 GWh"), ` ${words}`)),
      make("li", {}, make("span", { class: "dismissed" }, "No. 4417"), " dismissed: no figure of the industry"),
      make("li", {}, make("span", { class: "furniture" }, "Home > News"), " page furniture"));
  }

  async function start() {
    store.load(known.keys(), () => notice("This browser keeps nothing for this page: save your corrections before you close it."));
    legend();
    listen();
    keys.start();
    queue.start(entries);
    changed();
    const asked = location.hash.slice(1);
    const first = entries.find((each) => encodeURIComponent(each.id) === asked) ?? queue.shown()[0];
    if (first) await queue.open(first);
    performance.mark("ready");
    document.documentElement.dataset.ready = "yes";
  }

  return {
    open, atSlot, overSlot, atProblem, toSlot, act, edit, say, acceptRecord, review, notice, start,
  };
})();

desk.start();
