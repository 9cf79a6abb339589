"use strict";
const sheet = document.getElementById("sheet");
const box = document.getElementById("labels");
const left = document.getElementById("left");
const names = [...new Set([...sheet.elements].filter((e) => e.type === "radio").map((e) => e.name))];
function write() {
  const data = new FormData(sheet);
  const rows = names.filter((name) => data.has(name)).map((name) => name + "," + data.get(name));
  box.value = ["number,label", ...rows].join("\n") + "\n";
  left.textContent = rows.length + " / " + names.length;
}
sheet.addEventListener("change", write);
write();
