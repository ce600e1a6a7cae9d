// Reads the code on a letter with the camera of the telephone, where the browser can; says so where it cannot.

const EVERY = 250; // ms between two looks through the camera

/** @param {HTMLElement} page @param {(text: string) => Promise<boolean>} read true when the code was somebody's */
export async function scanner(page, read) {
  const box = /** @type {HTMLElement} */ (page.querySelector("[data-scan]"));
  /** @param {string} name @returns {HTMLElement} */
  const part = (name) => /** @type {HTMLElement} */ (box.querySelector(`[data-scan-${name}]`));
  const video = /** @type {HTMLVideoElement} */ (part("video"));
  box.hidden = false;
  if (!(await isAble())) {
    part("open").hidden = true;
    part("unable").hidden = false;
    return;
  }
  /** @type {MediaStream | null} */
  let camera = null;
  const detector = new window.BarcodeDetector({ formats: ["qr_code"] });

  async function open() {
    try {
      camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      part("refused").hidden = false;
      return;
    }
    part("refused").hidden = true;
    show(true);
    video.srcObject = camera;
    await video.play();
    watch();
  }

  function close() {
    camera?.getTracks().forEach((track) => track.stop());
    camera = null;
    show(false);
  }

  /** @param {boolean} isOpen */
  function show(isOpen) {
    part("view").hidden = !isOpen;
    part("open").hidden = isOpen;
  }

  async function watch() {
    while (camera) {
      const [code] = await detector.detect(video).catch(() => []);
      if (code) {
        const isSomebodys = await read(code.rawValue);
        if (isSomebodys) return close();
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }

  part("open").addEventListener("click", open);
  part("close").addEventListener("click", () => {
    close();
    part("open").focus();
  });
}

/** Whether this browser finds codes in a picture and this page may use a camera. */
async function isAble() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return false;
  const formats = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
  return formats.includes("qr_code");
}
