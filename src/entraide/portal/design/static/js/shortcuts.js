// Single keys of the desk. An element says itself which keys lead to it, so nothing here knows a page:
// data-key="r,n" is either of two keys, "g q" one after the other. Rows of a list are walked with j and k.

// Milliseconds between the two keys of a pair.
const PAIR = 1_500;
const NO_TYPING = new Set(["checkbox", "radio", "button", "submit"]);

const box = document.querySelector("dialog[data-shortcuts]");
const rows = () => [...document.querySelectorAll("main a.link-row")];
const isHere = (row) => row.closest("li").contains(document.activeElement);

function step(by) {
  const all = rows();
  const at = all.findIndex(isHere);
  all[at < 0 && by < 0 ? all.length - 1 : at + by]?.focus();
}

// What a form that was sent back still holds is not stored either.
function isBegun({ value, defaultValue }) {
  return value !== defaultValue || (value !== "" && document.querySelector(".error-summary") !== null);
}

// A text that was begun is never left by a key alone: the reader is brought back to it.
function leave(by) {
  const begun = [...document.querySelectorAll("main textarea")].find(isBegun);
  if (begun) begun.focus();
  else by.click();
}

function open() {
  const row = rows().find(isHere);
  if (row) leave(row);
}

const MOVES = { j: () => step(1), k: () => step(-1), o: open };

function keyed() {
  return [...document.querySelectorAll("[data-key]")].map((element) => [element, element.dataset.key.split(",")]);
}

// The first one of the page has the key: a field in it comes before the link that leads to it from elsewhere.
function elementFor(keys) {
  return keyed().find(([, own]) => own.includes(keys))?.[0];
}

const opener = elementFor("?");

// Links and buttons act; to anything else the reader is brought.
function go(element) {
  if (element === opener) {
    show();
    return;
  }
  if (element.matches("a, button")) {
    leave(element);
    return;
  }
  if (!element.matches("input, select, textarea")) {
    element.tabIndex = -1;
    element.scrollIntoView();
  }
  element.focus();
}

function isTyping({ target }) {
  return target.isContentEditable || target.matches("textarea, select") || (target.matches("input") && !NO_TYPING.has(target.type));
}

function isOurs(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  // A key that is held down walks through a list and does nothing else twice.
  if (event.repeat && !(event.key in MOVES)) return false;
  return !isTyping(event) && !document.querySelector("dialog[open]");
}

let first = { key: "", at: 0 };

function actOf(key, at) {
  const isSecond = first.key && at - first.at < PAIR;
  const keys = isSecond ? `${first.key} ${key}` : key;
  const starts = !isSecond && keyed().some(([, own]) => own.some((one) => one.startsWith(`${key} `)));
  first = { key: starts ? key : "", at };
  const element = elementFor(keys);
  return element ? () => go(element) : MOVES[keys];
}

document.addEventListener("keydown", (event) => {
  const act = isOurs(event) ? actOf(event.key, event.timeStamp) : null;
  if (!act) return;
  // The key is not typed into the field that it leads to.
  event.preventDefault();
  act();
});

function show() {
  for (const line of box.querySelectorAll("[data-works]")) {
    const keys = line.dataset.works;
    line.hidden = keys in MOVES ? !rows().length : !elementFor(keys);
  }
  for (const group of box.querySelectorAll(".keys__group")) group.hidden = !group.querySelector(".keys__line:not([hidden])");
  box.showModal();
}

opener.addEventListener("click", (event) => {
  // In a tab of its own the link is a link.
  if (event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  show();
});

for (const [element, own] of keyed()) {
  // A pair cannot be told this way: a space stands there for "or".
  const single = own.filter((one) => !one.includes(" "));
  if (single.length) element.setAttribute("aria-keyshortcuts", single.join(" "));
}
