// Keeps what is being written on this device until it has been sent, and says so. The page works without it.
(function () {
  "use strict";
  var PREFIX = "doithoai-draft:";

  function storage() {
    try {
      var probe = PREFIX + "probe";
      window.localStorage.setItem(probe, "1");
      window.localStorage.removeItem(probe);
      return window.localStorage;
    } catch (refused) {
      return null; // private browsing, or a full device
    }
  }

  function tend(form, store) {
    var key = PREFIX + form.dataset.keep;
    var box = form.querySelector("textarea");
    var note = form.querySelector("[data-kept]");
    var forget = form.querySelector("[data-forget]");
    if (!box || !note) { return; }

    function say(words) {
      note.textContent = words;
      note.hidden = !words;
      if (forget) { forget.hidden = !words; }
    }
    function keep() {
      try {
        if (box.value.trim()) {
          store.setItem(key, box.value);
          say(note.dataset.words);
        } else {
          store.removeItem(key);
          say("");
        }
      } catch (full) {
        say("");
      }
    }

    var kept = store.getItem(key);
    if (kept && !box.value) {
      box.value = kept;
      say(note.dataset.back);
    }
    box.addEventListener("input", keep);
    if (forget) {
      forget.addEventListener("click", function () {
        box.value = "";
        keep();
        box.focus();
      });
    }
  }

  var store = storage();
  if (!store) { return; }
  document.querySelectorAll("[data-sent]").forEach(function (mark) {
    store.removeItem(PREFIX + mark.dataset.sent);
  });
  document.querySelectorAll("form[data-keep]").forEach(function (form) { tend(form, store); });
})();
