// Between the tabs of a site, for src/browser/tabs.rs. Without a channel, by the storage that all of them see: nothing stays there.
const channel = globalThis.BroadcastChannel && new BroadcastChannel("putright");
const key = "putright/tabs";
globalThis.putrightTabs = (hear) => {
  if (channel) channel.onmessage = ({ data }) => hear(String(data));
  else addEventListener("storage", (event) => { if (event.key === key && event.newValue) hear(event.newValue); });
};
globalThis.putrightTell = (text) => {
  if (channel) return channel.postMessage(text);
  localStorage.setItem(key, text);
  localStorage.removeItem(key);
};
