// What is typed in a long form stays in this window until it was sent: a session that ends takes nothing away.
// Only texts and choices; never passwords, codes, hidden fields, files. Nothing leaves the browser.

const PREFIX = "draft:";
const KEPT_TYPES = new Set(["textarea", "select-one", "select-multiple", "text", "number", "radio", "checkbox"]);

const account = document.querySelector("[data-session]")?.dataset.account ?? "";
const form = document.querySelector("form[data-draft]");
const here = `${PREFIX}${account}:${location.pathname}`;

// A private window may refuse storage: then nothing is kept, and nothing else changes.
function all() {
  try { return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; }
}

function read(key) {
  try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
}

function write(key, draft) {
  try { sessionStorage.setItem(key, JSON.stringify(draft)); } catch { /* nothing to keep it in */ }
}

function drop(key) {
  try { sessionStorage.removeItem(key); } catch { /* nothing was kept */ }
}

function fields() {
  return [...form.elements].filter((one) => {
    const isSecret = /password|one-time-code/.test(one.autocomplete ?? "") || "code" in one.dataset;
    return one.name && KEPT_TYPES.has(one.type) && !isSecret;
  });
}

const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
const isText = (field) => !isChoice(field) && !field.type.startsWith("select");

function keep() {
  const values = fields().filter((one) => !isChoice(one) || one.checked).map((one) => [one.name, one.value]);
  write(here, { sent: false, values });
}

// Returns true when something was put back. An address that names choices has the last word on them.
function restore(draft) {
  let changed = false;
  for (const field of fields()) {
    if (location.search && !isText(field)) continue;
    const values = draft.values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isChoice(field)) {
      if (field.checked === values.includes(field.value)) continue;
      field.checked = !field.checked;
      // Other scripts of the page follow the choice as if it had just been made.
      if (field.checked) field.dispatchEvent(new Event("change", { bubbles: true }));
    } else {
      if (!values.length || field.value === values[0]) continue;
      field.value = values[0];
    }
    changed ||= isText(field) || field.checked === true;
  }
  return changed;
}

function say() {
  const words = document.querySelector("[data-draft-notice]");
  const box = document.createElement("div");
  box.setAttribute("role", "status");
  form.before(box);
  box.append(words.content.cloneNode(true));
  box.querySelector("[data-draft-drop]").addEventListener("click", () => {
    drop(here);
    location.reload();
  });
}

// What left with a form and was answered by another page is stored; any other answer means that it was not.
for (const key of all()) {
  const draft = read(key);
  const isOurs = key.startsWith(`${PREFIX}${account}:`);
  if (!draft || (account && !isOurs)) drop(key);
  else if (draft.sent && account && !(form && key === here)) drop(key);
  else if (draft.sent) write(key, { ...draft, sent: false });
}

if (form && account) {
  const draft = read(here);
  if (draft && form.dataset.draft === "fresh" && restore(draft)) say();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    keep();
    if (!event.defaultPrevented) write(here, { ...read(here), sent: true });
  });
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) all().forEach(drop);
});
