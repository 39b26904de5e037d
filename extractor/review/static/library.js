// The documents: in the page itself, or in data files beside it that are read as they are needed.

const library = (() => {
  const { queue: entries, slots, chunk } = JSON.parse(byId("settings").textContent);
  const models = new Map(); // number of a document → its model
  const arriving = new Map(); // number of a data file → [promise, what resolves it]
  entries.forEach((each, number) => { each.number = number; });
  const known = new Map(entries.filter((each) => each.key).map((each) => [each.key, each]));

  // What a data file calls.
  function receive(number, text) {
    JSON.parse(text).forEach((model, index) => models.set(number * chunk + index, model));
    arriving.get(number)[1]();
  }

  function arrival(number) {
    if (!arriving.has(number)) {
      let arrived;
      const promise = new Promise((resolve, reject) => {
        arrived = resolve;
        const script = make("script", { src: `data/${number}.js` });
        script.addEventListener("error", () => reject(new Error(`data/${number}.js is missing beside this page`)));
        document.head.append(script);
      });
      arriving.set(number, [promise, arrived]);
    }
    return arriving.get(number)[0];
  }

  async function load(number) {
    if (!models.has(number)) {
      if (chunk) await arrival(Math.floor(number / chunk));
      else models.set(number, JSON.parse(byId(`document-${number}`).textContent));
    }
    return models.get(number);
  }

  const loadAll = () => Promise.all(entries.map((each) => load(each.number)));

  function searchable(each) {
    each.words ??= `${each.title}\n${each.id}\n${models.get(each.number).text}`.toLowerCase();
    return each.words;
  }

  // What a model needs on top to be worked with.
  function prepared(model) {
    if (model.slots) return model;
    model.index = indexer(model.text);
    model.flat = editor.flat(model.text);
    for (const record of model.records) {
      const mine = slots[record.key.type];
      const filled = new Set(record.rows.map((row) => row.field));
      record.gaps = Object.entries(mine)
        .filter(([name, slot]) => (slot.listed ? slot.anchor : !filled.has(name)))
        .map(([name, slot]) => cards.gap(record, name, slot));
    }
    model.slots = model.records.flatMap((record) => [...cards.slotsOf(record, slots[record.key.type])]);
    model.slotsOf = Map.groupBy(model.slots.filter((slot) => slot.ref), (slot) => slot.ref);
    const conflicts = model.problems.filter((problem) => problem.verdict === "conflict");
    model.conflicting = new Set(conflicts.flatMap((problem) => problem.figures));
    model.placed = new Map([...model.figures, ...model.times].map((each) => [each.id, each]));
    return model;
  }

  return { receive, load, loadAll, searchable, prepared, entries, slots, known };
})();
