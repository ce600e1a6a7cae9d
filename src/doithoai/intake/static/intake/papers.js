/**
 * Shows which photographs will be sent, lets one take several one after another, and makes large ones small before they
 * travel: a telephone's picture of 5 MB says no more than one of 400 KB. Without it the two fields send what they hold.
 */

const SIDE = 2200; // points along the longer side: small print stays readable
const SMALL = 700_000; // bytes; what is smaller travels as it is

/** @param {File} file @returns {Promise<File>} */
async function small(file) {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || file.size <= SMALL) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    /** @type {Blob | null} */
    const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.82); });
    return blob && blob.size < file.size ? new File([blob], "anh.jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file; // the server says what it can take
  }
}

/** @param {HTMLElement} place */
function tend(place) {
  const fields = /** @type {HTMLInputElement[]} */ (Array.from(place.querySelectorAll("input[type=file]")));
  const list = place.querySelector("[data-chosen]");
  const sent = fields[fields.length - 1];
  const most = Number(place.dataset.most);
  if (!list || !sent) return;
  /** @type {File[]} */
  let chosen = [];

  function show() {
    const all = new DataTransfer();
    for (const file of chosen) all.items.add(file);
    for (const field of fields) field.value = "";
    sent.files = all.files; // one field carries everything
    list.replaceChildren(...chosen.map(line));
  }

  /** @param {File} file */
  function line(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = `${file.name}, ${Math.max(1, Math.round(file.size / 1024))} KB`;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "link";
    drop.textContent = place.dataset.drop ?? "";
    drop.setAttribute("aria-label", `${place.dataset.drop} ${file.name}`);
    drop.addEventListener("click", () => {
      chosen = chosen.filter((one) => one !== file);
      show();
    });
    item.append(name, " ", drop);
    return item;
  }

  for (const field of fields) {
    field.addEventListener("change", async () => {
      const fresh = await Promise.all(Array.from(field.files ?? []).map(small));
      const isMany = chosen.length + fresh.length > most;
      chosen = [...chosen, ...fresh].slice(0, most);
      show();
      if (isMany) {
        const note = document.createElement("li");
        note.className = "error";
        note.textContent = place.dataset.tooMany ?? "";
        list.append(note);
      }
    });
  }
}

for (const place of document.querySelectorAll("[data-papers]")) tend(/** @type {HTMLElement} */ (place));
