// Forms: one send per press, dates and codes tidied while typing, errors brought to the eye.

function hold(form, button) {
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  if (button) button.setAttribute("aria-disabled", "true");
  // An answer that is a file leaves the page standing: it must not stay locked.
  setTimeout(() => release(form), 20_000);
}

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

// The button is not `disabled`: a disabled button would not send its own name and value.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  hold(form, event.submitter);
});

// Coming back with the browser's arrow shows the page as it was left: it must be usable again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});

const TWO_DIGITS = /^(\d{1,2})\D+(\d{1,2})\D+(\d{4})$/;
const YEAR_FIRST = /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})$/;

function tidyDate(text) {
  const typed = text.trim();
  const dayFirst = typed.match(TWO_DIGITS);
  const yearFirst = typed.match(YEAR_FIRST);
  const bare = typed.match(/^(\d{2})(\d{2})(\d{4})$/);
  const parts = dayFirst ? dayFirst.slice(1) : yearFirst ? yearFirst.slice(1).reverse() : bare ? bare.slice(1) : null;
  if (!parts) return typed;
  const [day, month, year] = parts;
  return `${day.padStart(2, "0")}/${month.padStart(2, "0")}/${year}`;
}

for (const input of document.querySelectorAll("input[data-date]")) {
  input.addEventListener("input", (event) => {
    // Slashes come by themselves only while typing forward at the end: correcting stays free.
    if (event.inputType !== "insertText" || input.selectionStart !== input.value.length) return;
    if (/^\d{2}$/.test(input.value) || /^\d{2}\/\d{2}$/.test(input.value)) input.value += "/";
    input.value = input.value.replace(/\/{2,}/g, "/");
  });
  input.addEventListener("paste", () => setTimeout(() => { input.value = tidyDate(input.value); }));
  input.addEventListener("blur", () => { input.value = tidyDate(input.value); });
}

for (const input of document.querySelectorAll("input[data-code]")) {
  const length = Number(input.dataset.code);
  input.addEventListener("input", () => {
    const digits = input.value.replace(/\D/g, "").slice(0, length);
    if (digits !== input.value) input.value = digits;
  });
}

// What is already there when a page opens is not read aloud by itself. Errors come before good news.
const news = document.querySelector(".error-summary[data-focus]") ?? document.querySelector("[data-focus]");
if (news) news.focus();
