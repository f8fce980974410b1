import "@fontsource-variable/inter/wght.css";
import "./ui/tokens.css";
import "./ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startLanguage } from "./messages/language.ts";
import { App } from "./shell/app.tsx";
import { keepFocusThroughPrinting } from "./shell/focus-after-print.ts";
import { startTheme } from "./shell/theme.ts";

startTheme();
keepFocusThroughPrinting();
await startLanguage();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
