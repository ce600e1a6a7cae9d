/** Takes the words that somebody has selected over to those that are to be masked; without it they are copied by hand. */

const source = document.querySelector("[data-source]");
const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-mask-selected]"));
const box = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("them"));

/** @returns {string} what is selected in the original words, one line */
function selected() {
  const selection = document.getSelection();
  const isInside = selection && source && selection.rangeCount > 0 && source.contains(selection.anchorNode);
  return isInside ? selection.toString().replace(/\s+/g, " ").trim() : "";
}

if (source && button && box) {
  button.hidden = false;
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  button.addEventListener("click", () => {
    const words = selected();
    if (words) box.value = `${box.value.trim()}\n${words}`.trim();
    box.focus();
  });
}
