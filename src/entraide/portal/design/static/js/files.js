// Choosing files: several choices add up, each file can be taken off again, and limits are told before sending.
// Without DataTransfer (old browsers) the plain field stays as it is.

import { drawing } from "./sprite.js";

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function sizeInWords(bytes, [byte, kilo, mega]) {
  const locale = document.documentElement.lang;
  if (bytes < 1000) return `${bytes} ${byte}`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} ${kilo}`;
  return `${(bytes / 1_000_000).toLocaleString(locale, { maximumFractionDigits: 1 })} ${mega}`;
}

class Chooser {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("input[type=file]");
    this.texts = box.dataset;
    this.files = [];
    this.list = make("ul", "files");
    this.list.setAttribute("aria-label", this.texts.textList);
    this.list.hidden = true;
    this.said = make("p", "field__error");
    this.said.setAttribute("role", "status");
    box.append(this.said, this.list);
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    this.acceptDrops();
    this.offerCamera();
    this.input.form?.addEventListener("submit", (event) => this.announce(event));
  }

  // Where a finger points there is a camera: each photo joins what was chosen, one after the other.
  offerCamera() {
    const offer = this.box.querySelector("[data-camera]");
    if (!offer || !matchMedia("(pointer: coarse)").matches) return;
    const camera = offer.querySelector("input");
    offer.hidden = false;
    camera.addEventListener("change", () => {
      this.add([...camera.files]);
      camera.value = "";
    });
  }

  // How long it takes depends on the line: the page says that it is at work and must stay open.
  announce(event) {
    const isRemoval = event.submitter?.value?.startsWith("remove:");
    if (event.defaultPrevented || isRemoval || this.files.length === 0 || this.progress) return;
    this.progress = document.createElement("progress");
    this.progress.className = "chooser__progress";
    this.progress.setAttribute("aria-label", this.texts.textSending);
    this.note = make("p", "chooser__sending", this.texts.textSending);
    this.note.setAttribute("role", "status");
    this.box.append(this.progress, this.note);
  }

  rest() {
    this.progress?.remove();
    this.note?.remove();
    this.progress = null;
  }

  acceptDrops() {
    const over = (event) => {
      event.preventDefault();
      this.box.classList.add("chooser--over");
    };
    this.box.addEventListener("dragover", over);
    this.box.addEventListener("dragleave", () => this.box.classList.remove("chooser--over"));
    this.box.addEventListener("drop", (event) => {
      event.preventDefault();
      this.box.classList.remove("chooser--over");
      this.add([...event.dataTransfer.files]);
    });
  }

  add(chosen) {
    const known = (file) => this.files.some((other) => other.name === file.name && other.size === file.size && other.lastModified === file.lastModified);
    const fresh = chosen.filter((file) => !known(file));
    const room = Number(this.texts.maxFiles) - this.files.length;
    this.said.textContent = fresh.length > room ? this.texts.textTooMany : "";
    this.files.push(...fresh.slice(0, Math.max(room, 0)));
    this.show();
  }

  remove(file) {
    this.files = this.files.filter((other) => other !== file);
    this.said.textContent = "";
    this.show();
    this.input.focus();
  }

  show() {
    const bag = new DataTransfer();
    for (const file of this.files) bag.items.add(file);
    this.input.files = bag.files;
    this.list.replaceChildren(...this.files.map((file) => this.row(file)));
    this.list.hidden = this.files.length === 0;
  }

  fault(file) {
    if (file.size === 0) return this.texts.textEmpty;
    return file.size > Number(this.texts.maxBytes) ? this.texts.textTooBig : "";
  }

  row(file) {
    const fault = this.fault(file);
    const row = make("li", `files__item files__item--${fault ? "refused" : "ready"}`);
    const words = make("div", "files__words");
    words.append(make("span", "files__name", file.name), make("span", "files__meta", sizeInWords(file.size, this.texts.textUnits.split(" "))));
    if (fault) words.append(make("span", "files__state", fault));
    const remove = make("button", "button button--quiet files__remove");
    remove.type = "button";
    remove.append(drawing("trash"), make("span", "", this.texts.textRemove), make("span", "visually-hidden", ` ${file.name}`));
    remove.addEventListener("click", () => this.remove(file));
    row.append(drawing(fault ? "error" : "file"), words, remove);
    return row;
  }
}

if (typeof DataTransfer === "function") {
  const choosers = [...document.querySelectorAll("[data-chooser]")].map((box) => new Chooser(box));
  window.addEventListener("pageshow", () => { for (const chooser of choosers) chooser.rest(); });
}
