// The form in which a slot is filled otherwise: a figure or time of the text, words of it, or a choice.
// There is no field that takes a number.

const editor = (() => {
  let open = null; // { doc, slot, form, field }

  const flat = (text) => text.replace(/\s+/g, " ").trim().toLowerCase();

  function fieldFor(doc, slot) {
    const { takes, kinds, choices } = slot.model;
    if (takes === "words") {
      return make("input", { type: "text", required: true, autocomplete: "off", spellcheck: "false", value: typeof slot.was === "string" ? slot.was : "" });
    }
    const select = make("select", { required: true });
    const option = (value, text, chosen) => make("option", { value, selected: chosen }, text);
    select.append(option("", takes === "choice" ? "choose …" : `choose a ${takes} …`, true));
    if (takes === "choice") {
      for (const choice of choices) select.append(option(choice, spaced(choice), choice === slot.was));
      return select;
    }
    const list = takes === "figure" ? doc.figures.filter((each) => !kinds.length || kinds.includes(each.kind)) : doc.times;
    // what nobody has taken yet is what is most often missing
    const ordered = [...list].sort((a, b) => (b.state === "unexplained") - (a.state === "unexplained"));
    for (const each of ordered) {
      const mark = each.state === "unexplained" ? "? " : "";
      select.append(option(each.id, `${mark}${each.id}: ${each.text.replace(/\s+/g, " ")} = ${each.words}`, each.id === slot.ref));
    }
    return select;
  }

  const HINTS = {
    figure: "or click a marked figure in the text",
    time: "or click a marked time in the text",
    words: "words of the text: select them there, or type them as they stand",
    choice: "",
  };

  function show(doc, slot, after) {
    close();
    const field = fieldFor(doc, slot);
    const wrong = make("p", { class: "wrong", role: "alert" });
    const form = make("form", { class: "editor" },
      make("label", {}, `${cards.label(slot)}: `, field),
      make("button", { type: "submit" }, "Set"),
      make("button", { type: "button", on: { click: () => cancel() } }, "Cancel"),
      make("p", { class: "hint" }, HINTS[slot.model.takes]),
      wrong);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const value = valueOf(doc, slot, field.value);
      if (value === null) {
        wrong.textContent = slot.model.takes === "words" ? "These words do not stand in the text." : "Choose one of the list.";
        field.focus();
        return;
      }
      close();
      desk.say(slot, "edit", value);
    });
    after.after(form);
    open = { doc, slot, form, field };
    field.focus();
    field.select?.();
    reveal(form, byId("findings"));
  }

  function valueOf(doc, slot, chosen) {
    const { takes, choices } = slot.model;
    if (takes === "choice") return choices.includes(chosen) ? chosen : null;
    if (takes === "words") {
      const words = chosen.replace(/\s+/g, " ").trim();
      return words && doc.flat.includes(flat(words)) ? words : null;
    }
    const found = (takes === "figure" ? doc.figures : doc.times).find((each) => each.id === chosen);
    return found ? { start: found.start, end: found.end, text: found.text } : null;
  }

  function close() {
    open?.form.remove();
    open = null;
  }

  function cancel() {
    const slot = open?.slot;
    close();
    if (slot && cards.node(slot)?.isConnected) cards.focus(slot);
    else cards.step(0);
  }

  // A figure or time that was clicked in the text while the form is open goes into it.
  function take(id) {
    if (!open || open.slot.model.takes === "words" || open.slot.model.takes === "choice") return false;
    const offered = [...open.field.options].some((option) => option.value === id);
    if (offered) open.field.value = id;
    open.field.focus();
    return offered;
  }

  // Words that were selected in the text go into the form, too.
  function takeWords(words) {
    if (!open || open.slot.model.takes !== "words" || !words.trim()) return;
    open.field.value = words.replace(/\s+/g, " ").trim();
  }

  return { show, close, cancel, take, takeWords, flat, isOpen: () => open !== null };
})();
