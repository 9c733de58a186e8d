// The deposit page: once a choice is made the other categories step aside, and what only serves without script goes.

const form = document.querySelector("[data-deposit]");

// Changes the page without moving what the reader looks at.
function holdStill(element, change) {
  const before = element.getBoundingClientRect().top;
  change();
  window.scrollBy(0, element.getBoundingClientRect().top - before);
}

class Kinds {
  constructor(box, others) {
    this.box = box;
    this.others = others;
    // The arrow keys go through the categories one by one: only a finger or a mouse chooses at the first touch.
    this.isPointing = false;
    box.addEventListener("pointerdown", () => { this.isPointing = true; });
    box.addEventListener("keydown", () => { this.isPointing = false; });
    box.addEventListener("change", (event) => this.follow(event.target));
    others.addEventListener("click", () => this.open());
    const already = box.querySelector("input[name=category]:checked");
    if (already) this.settle(already);
  }

  follow(input) {
    if (input.name === "type") return this.settle(input);
    // A type ticked under another category does not count; a category with a single type needs no second choice.
    const types = [...input.closest(".kind").querySelectorAll("input[name=type]")];
    for (const other of this.box.querySelectorAll("input[name=type]:checked")) {
      if (!types.includes(other)) other.checked = false;
    }
    if (types.length === 1) types[0].checked = true;
    if (types.length === 1 || this.isPointing) this.settle(input);
  }

  settle(input) {
    const chosen = input.closest(".kind");
    holdStill(chosen, () => {
      for (const kind of this.box.children) kind.classList.toggle("kind--chosen", kind === chosen);
      this.box.classList.add("kinds--settled");
      this.others.hidden = false;
    });
  }

  open() {
    const chosen = this.box.querySelector(".kind--chosen");
    this.box.classList.remove("kinds--settled");
    this.others.hidden = true;
    chosen.querySelector("input[name=category]").focus();
  }
}

// The button says what will leave: "Envoyer mes 2 documents".
function countOnButton() {
  const words = form.querySelector("button[value=send] span");
  const fields = [...form.querySelectorAll("input[type=file]")];
  const usual = words.textContent;
  const follow = () => {
    const count = fields.reduce((sum, field) => sum + field.files.length, Number(form.dataset.held));
    if (count === 0) words.textContent = usual;
    else words.textContent = count === 1 ? form.dataset.sendOne : form.dataset.sendMany.replace("{count}", count);
  };
  for (const field of fields) field.addEventListener("change", () => setTimeout(follow));
  // Removing a file from the list is a click, after which the field holds one less.
  form.addEventListener("click", () => setTimeout(follow));
}

if (form) {
  countOnButton();
  const kinds = form.querySelector("[data-kinds]");
  if (kinds) new Kinds(kinds, form.querySelector("[data-other-kinds]"));
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
