// Printing a page, and copying its list where it has one, where the browser can.

const box = document.querySelector("[data-paper]");

if (box) {
  box.hidden = false;
  box.querySelector("[data-print]").addEventListener("click", () => window.print());
  const copy = box.querySelector("[data-copy]");
  if (copy) prepareCopy(copy, box.querySelector("[data-said]"));
}

function prepareCopy(copy, said) {
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    const lines = [...document.getElementById(copy.dataset.copy).children].map((one) => one.textContent);
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
      said.textContent = copy.dataset.done;
    } catch {
      said.textContent = copy.dataset.failed;
    }
  });
}
