import { renderToString } from "preact-render-to-string";

import { App } from "./form.jsx";

export const html = () => renderToString(<App />);
