// What the person has said, by document: kept in the browser where it allows that, else in memory.

const store = (() => {
  const PREFIX = "pressledger-review/1/";
  const entries = new Map(); // hash of a text → { reviewed, said: Map of identity → correction }
  let durable = true;
  let onTrouble = () => {};

  const ends = (value) => (value && typeof value === "object" ? [value.start, value.end] : value ?? null);

  // One slot of one record, however the file that it came from was written.
  function identity(correction) {
    const { record, slot, item } = correction;
    const figures = (record.figures ?? []).map(ends);
    const added = item == null && correction.was == null && correction.value != null && correction.adds;
    const value = added ? ends(correction.value) : null;
    return JSON.stringify([record.type, record.name ?? null, figures, slot ?? null, ends(item), correction.nth ?? 0, value]);
  }

  function entry(key) {
    if (!entries.has(key)) entries.set(key, { reviewed: false, said: new Map() });
    return entries.get(key);
  }

  function keep(key) {
    if (!durable) return;
    const { reviewed, said } = entry(key);
    try {
      if (!reviewed && !said.size) localStorage.removeItem(PREFIX + key);
      else localStorage.setItem(PREFIX + key, JSON.stringify({ reviewed, said: [...said.values()] }));
    } catch {
      durable = false;
      onTrouble();
    }
  }

  // Reads what was kept for these documents; `trouble` is called as soon as nothing can be kept.
  function load(keys, trouble) {
    onTrouble = trouble;
    try {
      localStorage.setItem(PREFIX, "");
      localStorage.removeItem(PREFIX);
    } catch {
      durable = false;
      onTrouble();
      return;
    }
    for (const key of keys) {
      const kept = localStorage.getItem(PREFIX + key);
      if (kept === null) continue;
      try {
        const { reviewed, said } = JSON.parse(kept);
        entries.set(key, { reviewed: Boolean(reviewed), said: new Map(said.map((each) => [identity(each), each])) });
      } catch {
        localStorage.removeItem(PREFIX + key);
      }
    }
  }

  const said = (key) => (entries.has(key) ? entries.get(key).said : new Map());

  function say(key, correction) {
    entry(key).said.set(identity(correction), correction);
    keep(key);
  }

  function unsay(key, correction) {
    entry(key).said.delete(identity(correction));
    keep(key);
  }

  const reviewed = (key) => entries.has(key) && entries.get(key).reviewed;

  function review(key, done) {
    entry(key).reviewed = done;
    keep(key);
  }

  const count = () => [...entries.values()].reduce((sum, each) => sum + each.said.size, 0);

  // The file: one JSON object a line; `adds` is the page's own and no part of the format.
  function toLines() {
    const all = [...entries.values()].flatMap((each) => [...each.said.values()]);
    return all.map(({ adds, ...correction }) => `${JSON.stringify(correction)}\n`).join("");
  }

  // Takes over the lines of a file; returns what became of them.
  function fromLines(text, keys, adds) {
    const outcome = { taken: 0, elsewhere: 0, wrong: [] };
    text.split("\n").forEach((line, number) => {
      if (!line.trim()) return;
      let correction;
      try {
        correction = JSON.parse(line);
      } catch {
        correction = null;
      }
      const whole =
        correction?.version === 1 &&
        /^[0-9a-f]{64}$/.test(correction.text_sha256) &&
        ["accept", "reject", "edit"].includes(correction.action) &&
        typeof correction.record?.type === "string";
      if (!whole) {
        outcome.wrong.push(number + 1);
        return;
      }
      const key = correction.text_sha256;
      if (!keys.has(key)) {
        outcome.elsewhere += 1;
      }
      const kept = adds(correction) ? { ...correction, adds: true } : correction;
      entry(key).said.set(identity(kept), kept);
      if (keys.has(key)) keep(key);
      outcome.taken += 1;
    });
    return outcome;
  }

  return { load, said, say, unsay, reviewed, review, count, toLines, fromLines, identity, durable: () => durable };
})();
