// Printing a list or copying it, where the browser can.

const box = document.querySelector("[data-paper]");

if (box) {
  box.hidden = false;
  const said = box.querySelector("[data-said]");
  box.querySelector("[data-print]").addEventListener("click", () => window.print());
  const copy = box.querySelector("[data-copy]");
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
