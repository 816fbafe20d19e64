// Sends a body with files for src/browser/http.rs, by XMLHttpRequest: nothing else reports how far an upload is, and the bar on the page
// shows it. It decides nothing.
const most = 1 << 20; // Bytes of an answer that are read, as in http.rs.
globalThis.putrightUpload = (url, method, withCredentials, headers, body, signal) => new Promise((resolve, reject) => {
  if (signal.aborted) return reject();
  const request = new XMLHttpRequest();
  request.open(method, url);
  request.withCredentials = withCredentials;
  for (const [name, value] of headers) request.setRequestHeader(name, value);
  const bar = () => document.querySelector("progress");
  request.upload.onprogress = ({ loaded, total }) => {
    if (bar()) Object.assign(bar(), { max: total, value: loaded });
  };
  request.upload.onload = () => bar()?.removeAttribute("value");
  // The answer in the shape of the other way of asking, so that both are read by the same code. A status without a body takes no empty one.
  const answer = () => resolve(new Response(request.responseText.slice(0, most) || null, {
    status: Math.min(request.status, 599),
    headers: [...request.getAllResponseHeaders().matchAll(/^(.+?): (.*)$/gm)].map(([, name, value]) => [name, value]),
  }));
  request.onprogress = ({ loaded }) => { if (loaded > most) { answer(); request.abort(); } };
  request.onload = answer;
  request.onerror = request.onabort = reject;
  signal.onabort = () => request.abort();
  request.send(body);
});
