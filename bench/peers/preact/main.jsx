import { hydrate, render } from "preact";

import { App } from "./form.jsx";

const root = document.getElementById("app");
(root.firstElementChild ? hydrate : render)(<App hash={location.hash} />, root);
root.dataset.up = "";
