// Completion for the search boxes, an ARIA combobox. Everything works without it.
"use strict";

// An address that names lines by its fragment alone (#L120-134) leads to the page that marks them.
const lines = /^#L(\d+)-(\d+)$/.exec(location.hash);
if (lines && document.querySelector("ol.text")) location.replace(`?lines=${lines[1]}-${lines[2]}#L${lines[1]}`);

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  const types = JSON.parse(input.dataset.suggestTypes);
  let timer = 0;
  let asked = 0;
  let chosen = -1;

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  list.lang = "ja";
  list.hidden = true;
  status.className = "spoken";
  status.setAttribute("role", "status");
  input.after(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    const options = [...list.children];
    if (!options.length) return;
    chosen = (index + options.length) % options.length;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };

  const take = (option) => {
    input.value = option.dataset.text;
    close();
    input.form.requestSubmit();
  };

  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map((suggestion, n) => {
      const option = document.createElement("li");
      const kind = document.createElement("small");
      option.id = `${list.id}-${n}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = suggestion.text;
      option.append(suggestion.text, kind);
      kind.textContent = [types[suggestion.type], suggestion.label === suggestion.text ? "" : suggestion.label].filter(Boolean).join(" ");
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!!suggestions.length));
    status.textContent = suggestions.length ? input.dataset.suggestSome.replace("{n}", suggestions.length) : input.dataset.suggestEmpty;
  };

  const ask = async () => {
    const turn = ++asked;
    const typed = input.value.trim();
    if (!typed) return close();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}&limit=8`);
      if (answer.ok && turn === asked && document.activeElement === input) show((await answer.json()).suggestions);
    } catch { close(); }
  };

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, 120);
  });
  input.addEventListener("compositionend", () => { timer = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown" && !list.hidden) { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); choose(chosen < 0 ? -1 : chosen - 1); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(list.children[chosen]); }
  });
}

// In the sentence of a question, only the departments of the municipality chosen are offered.
const owner = document.getElementById("ask-m");
const units = document.getElementById("ask-d");
if (owner && units) {
  const narrow = () => {
    for (const group of units.querySelectorAll("optgroup")) {
      group.hidden = group.disabled = group.label !== owner.selectedOptions[0].textContent;
      if (group.hidden && group.contains(units.selectedOptions[0])) units.value = "";
    }
  };
  owner.addEventListener("change", narrow);
  narrow();
}
