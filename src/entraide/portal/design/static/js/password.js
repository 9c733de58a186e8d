// Passwords: an eye to read what was typed, and the rules ticked one by one.

import { drawing } from "./sprite.js";

for (const box of document.querySelectorAll("[data-secret]")) {
  const input = box.querySelector("input");
  const eye = document.createElement("button");
  eye.type = "button";
  eye.className = "secret__eye";
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    eye.setAttribute("aria-label", visible ? box.dataset.hide : box.dataset.show);
    eye.replaceChildren(drawing(visible ? "eye-off" : "eye"));
  };
  show(false);
  eye.addEventListener("click", () => show(input.type === "password"));
  // Sent hidden, whatever was shown: a browser keeps the text of a plain field in its history.
  if (input.form) input.form.addEventListener("submit", () => show(false));
  box.append(eye);
}

// Letters of any script count as letters; what is neither letter nor digit counts as special, spaces included.
const LOWER = /\p{Ll}/u;
const CLASSES = [/\p{Nd}/u, /\p{Lu}/u, /[^\p{L}\p{N}]/u];

const length = (text) => [...text].length;

const RULES = {
  min_length: (text, value) => length(text) >= Number(value),
  passphrase: (text, value) => length(text) >= Number(value),
  lower: (text) => LOWER.test(text),
  classes: (text, value) => CLASSES.filter((pattern) => pattern.test(text)).length >= Number(value),
  differs: (text, value) => {
    const other = document.getElementById(value)?.value ?? "";
    return text !== "" && text.toLowerCase() !== other.toLowerCase();
  },
};

const SPARED = new Set(["lower", "classes"]);

for (const list of document.querySelectorAll("[data-criteria]")) {
  const input = document.getElementById(list.dataset.criteria);
  const items = [...list.querySelectorAll("[data-rule]")].filter((item) => item.dataset.rule in RULES);
  for (const item of items) {
    const word = document.createElement("span");
    word.className = "visually-hidden";
    item.append(word);
  }
  // A passphrase is long enough to need no other kinds of characters.
  const phrase = items.find((item) => item.dataset.rule === "passphrase");
  const spared = (rule) =>
    SPARED.has(rule) && phrase !== undefined && RULES.passphrase(input.value, phrase.dataset.value);
  input.addEventListener("input", () => {
    for (const item of items) {
      const { rule, value } = item.dataset;
      const met = spared(rule) || RULES[rule](input.value, value);
      item.toggleAttribute("data-met", met);
      item.lastElementChild.textContent = met ? ` (${list.dataset.met})` : "";
    }
  });
}
