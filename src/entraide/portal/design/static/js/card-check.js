// The code of a card stands behind the # of the address, where no server sees it: it goes into the form, and
// out of the address and its history.

const form = document.querySelector("[data-card-check]");
const code = decodeURIComponent(location.hash.slice(1));

if (form && code.startsWith("EC1.")) {
  form.elements.code.value = code;
  history.replaceState(null, "", location.pathname);
  form.requestSubmit();
}
