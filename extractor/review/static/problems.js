// What the checks found, conflicts first; what agrees is folded away.

const findings = (() => {
  const pane = byId("problems");
  const VERDICTS = { conflict: ["✕", "Conflicts"], underdetermined: ["?", "Open questions"], consistent: ["✓", "Agrees"] };

  function item(problem) {
    const [glyph] = VERDICTS[problem.verdict];
    const node = make("button", {
      type: "button",
      class: `problem ${problem.verdict}`,
      on: {
        click: () => desk.atProblem(problem, { scroll: true }),
        focus: () => desk.atProblem(problem, { scroll: true }),
        mouseenter: () => desk.atProblem(problem),
        mouseleave: () => desk.overSlot(null),
      },
    },
    make("span", { class: "glyph", "aria-hidden": "true" }, glyph),
    make("span", { class: "message" }, quoted(problem.message),
      make("small", {}, [spaced(problem.rule), ...problem.figures.map((id) => id), ...problem.records].join(" · "))));
    return make("li", {}, node);
  }

  function show(doc) {
    pane.replaceChildren();
    for (const [verdict, [, title]] of Object.entries(VERDICTS)) {
      const mine = doc.problems.filter((problem) => problem.verdict === verdict);
      if (!mine.length) continue;
      const list = make("ul", {}, mine.map(item));
      const heading = `${title} (${mine.length})`;
      pane.append(verdict === "consistent"
        ? make("details", { class: verdict }, make("summary", {}, heading), list)
        : make("section", { class: verdict }, make("h2", {}, heading), list));
    }
  }

  return { show, pane };
})();
