// The keyboard: one place where every key is bound.

const keys = (() => {
  const typing = (node) => node.matches?.("input:not([type=file]), textarea, select");

  // The list that the focus is in; where it is in none, the queue.
  function listAtHand() {
    const node = document.activeElement;
    if (sheet.pane.contains(node)) return sheet;
    if (byId("findings").contains(node)) return cards;
    return queue;
  }

  const next = (by) => (listAtHand() === queue ? queue.step(by, { focus: true }) : listAtHand().step(by));

  const bound = {
    j: () => next(1),
    k: () => next(-1),
    ArrowDown: () => next(1),
    ArrowUp: () => next(-1),
    n: () => queue.step(1, { focus: listAtHand() === queue }),
    p: () => queue.step(-1, { focus: listAtHand() === queue }),
    a: () => desk.act("accept", cards.current(), { on: true }),
    A: () => desk.acceptRecord(),
    r: () => desk.act("reject", cards.current(), { on: true }),
    e: () => desk.act("edit", cards.current()),
    u: () => desk.act("undo", cards.current()),
    m: () => desk.review(),
    "/": () => byId("words").focus(),
    "?": () => byId("keys").showModal(),
  };

  function enter(event) {
    const node = document.activeElement;
    if (node === document.body || queue.list.contains(node)) cards.step(0);
    else if (node.tagName === "MARK") desk.toSlot(node.dataset.id);
    else return;
    event.preventDefault();
  }

  function escape() {
    if (editor.isOpen()) editor.cancel();
    else queue.focus();
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
    if (event.key === "Escape") {
      escape();
      return;
    }
    if (typing(event.target)) {
      if (event.key === "Enter" && event.target === byId("words")) queue.first();
      return;
    }
    if (event.key === "Enter" || (event.key === " " && event.target.tagName === "MARK")) {
      enter(event);
      return;
    }
    const act = bound[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  function start() {
    document.addEventListener("keydown", pressed);
    byId("help").addEventListener("click", () => byId("keys").showModal());
  }

  return { start };
})();
