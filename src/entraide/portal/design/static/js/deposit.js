// The deposit page: a type ticked under another category is unticked, and what only serves without script goes.

const form = document.querySelector("[data-deposit]");

// A category with a single type needs no second choice.
function follow(category) {
  const types = [...category.closest(".kind").querySelectorAll("input[name=type]")];
  for (const other of form.querySelectorAll("input[name=type]:checked")) {
    if (!types.includes(other)) other.checked = false;
  }
  if (types.length === 1) types[0].checked = true;
}

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "category") follow(event.target);
  });
  // Choices add up in the field itself when the browser allows it.
  if (typeof DataTransfer === "function") {
    for (const part of form.querySelectorAll("[data-without-script]")) part.hidden = true;
  }
  // A second click while the files are on their way would only wait in line.
  let isSending = false;
  form.addEventListener("submit", (event) => {
    if (isSending) event.preventDefault();
    isSending = true;
  });
  window.addEventListener("pageshow", () => { isSending = false; });
}
