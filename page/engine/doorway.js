// Behind the glue of emscripten: Module.answer(question, bytes) is the engine. Module.progress(json) and
// Module.records(bytes), which the caller gives, are told of a run; the bytes lie in the memory of the engine.
{
  const decoder = new TextDecoder();
  const view = (at, size) => HEAPU8.subarray(at, at + size);
  const put = (bytes) => {
    const at = _malloc(Math.max(bytes.length, 1));
    HEAPU8.set(bytes, at);
    return at;
  };
  const putAll = (list) => {
    const at = _malloc(Math.max(list.reduce((sum, bytes) => sum + bytes.length, 0), 1));
    let end = at;
    for (const bytes of list) {
      HEAPU8.set(bytes, end);
      end += bytes.length;
    }
    return at;
  };
  const sizesOf = (list) => put(new Uint8Array(Uint32Array.from(list, (bytes) => bytes.length).buffer));

  Module["told"] = (at, size) => Module["progress"] && Module["progress"](decoder.decode(view(at, size)));
  Module["sent"] = (at, size) => Module["records"] && Module["records"](view(at, size));
  Module["answer"] = (question, list = []) => {
    const text = new TextEncoder().encode(question);
    const held = [put(text), putAll(list), sizesOf(list)];
    _quartic_ask(held[0], text.length, held[1], held[2], list.length);
    held.forEach(_free);
    const json = decoder.decode(view(_quartic_json(), _quartic_json_size()));
    const size = _quartic_bytes_size();
    return size > 0 ? { json, bytes: view(_quartic_bytes(), size) } : { json };
  };
}
