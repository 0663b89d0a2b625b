/** Starts the page: unpacks the face, which stands packed in the file as the engine does, and runs it. */
import { unpack } from "./lzma";
import { fromSevens } from "./seven";

const packed = document.getElementById("face")?.textContent ?? "";
const script = document.createElement("script");
script.textContent = new TextDecoder().decode(unpack(fromSevens(packed)));
document.body.append(script);
