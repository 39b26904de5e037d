// Which slot each kept correction is about. The results may have been made anew since it was said, or with it:
// a record is known by the figures that it shares, a slot by what it held; as when corrections are applied.

const matching = (() => {
  const ends = (value) => JSON.stringify(value && typeof value === "object" ? [value.start, value.end] : value ?? null);
  const same = (a, b) => ends(a) === ends(b);

  function shared(a, b) {
    const [first, second] = [new Set(a.map(ends)), new Set(b.map(ends))];
    const both = [...first].filter((each) => second.has(each)).length;
    return both / Math.max(1, first.size + second.size - both);
  }

  // The records of the document that could be the one with this key, the most alike first.
  function alike(doc, key) {
    const found = [];
    for (const record of doc.records) {
      const now = record.key;
      const figures = shared(now.figures, key.figures ?? []);
      const named = key.name != null && now.name === key.name;
      const passages = shared(now.evidence, key.evidence ?? []);
      // many forecasts of one sentence have one subject; only the figure tells them apart
      const related = figures || (key.type !== "forecast" && named && passages);
      if (now.type === key.type && related) found.push({ record, rank: [figures, Number(named), passages] });
    }
    const order = (a, b) => [0, 1, 2].map((i) => b.rank[i] - a.rank[i]).find((by) => by) ?? 0;
    return found.sort(order).map(({ record }) => record);
  }

  const slotsOf = (doc, record) => [...doc.slots.filter((slot) => slot.record === record), ...record.gaps.filter((slot) => !slot.adds)];

  function place(doc, record, said, item) {
    const found = slotsOf(doc, record).filter((slot) => slot.name === said.slot && same(slot.item, item));
    return found.find((slot) => (slot.nth ?? 0) === (said.nth ?? 0));
  }

  // Whether the results are already as the person wanted them.
  function done(doc, record, said) {
    if (said.action === "reject") return true; // what was rejected is not there any more
    if (said.action !== "edit") return false;
    const moved = said.item != null && same(said.item, said.was) ? said.value : said.item;
    return same(place(doc, record, said, moved)?.was, said.value);
  }

  // Sorts what was said about a document: by slot, as new list elements by record, and what fits no more.
  function sort(doc) {
    const bySlot = new Map();
    const added = [];
    const strays = [];
    for (const said of doc.key ? store.said(doc.key).values() : []) {
      const records = alike(doc, said.record);
      const [first] = records;
      const slot = said.adds ? null : records.map((record) => place(doc, record, said, said.item)).find((each) => each && same(each.was, said.was));
      if (slot) bySlot.set(slot, said);
      else if (!first) {
        if (said.action !== "reject" || said.slot !== null) strays.push(said);
      } else if (said.adds) {
        const there = doc.slots.some((each) => each.record === first && each.name === said.slot && same(each.was, said.value));
        if (!there) added.push({ record: first, said });
      } else if (!done(doc, first, said)) strays.push(said);
    }
    return { bySlot, added, strays };
  }

  return { sort };
})();
