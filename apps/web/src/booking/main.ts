import "@fontsource-variable/inter/wght.css";
import "virtual:booking-tokens.css";
import "./booking.css";
import { startClock } from "./clock.ts";
import { startEmbed } from "./embedded.ts";
import { startPages } from "./pages.ts";
import { startProof } from "./proof.ts";
import { startZones } from "./zones.ts";

// What makes the booking pages quicker. They are whole without it: every link and form works by itself.

const starts = [startClock, startZones, startProof];
const onShown = () => starts.forEach((start) => start());
startPages(onShown);
startEmbed();
onShown();
